/**
 * What a terminal would act on or hide and JSON does not escape by itself: C1 controls, line and paragraph separators, marks
 * that turn the direction of text. Results that are piped may still end on a screen (`| head`).
 */
const unsafe = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** A value as one line of JSON, without the line's end, that is safe on a terminal. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(
    unsafe,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
