/** Numbers that look random and are always the same for the same place. */

/** FNV-1a, 32 bits. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}

/** 32 bits from three numbers of 32 bits. */
export function mix(seed: number, first: number, second = 0): number {
  const once = finish(seed ^ Math.imul(first, 0x9e3779b1))
  return finish(once ^ Math.imul(second + 1, 0x85ebca77)) >>> 0
}

/** In [0, 1). */
export function share(seed: number, first: number, second = 0): number {
  return mix(seed, first, second) / 2 ** 32
}

/** Murmur3's last step: every bit of the result depends on every bit given. */
function finish(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
