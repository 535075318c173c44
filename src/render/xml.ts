/** Writes XML 1.0 elements: whatever the text, the document stays well-formed. */
import { clean } from './clean.js'

/** ` name="value"`, for each that has a value. */
export function xmlAttributes(values: Record<string, string | number | undefined>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${xmlText(String(value))}"`)
    .join('')
}

/** One line of text, for content and attributes. What `clean` leaves of the characters that XML forbids are these two. */
export function xmlText(text: string): string {
  return clean(text)
    .replace(/[\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)
}
