import { snapToMonday, type TablePart } from '../comparison/index.ts'
import { type Derivation, DerivedLines, deriveLines } from './derive-part.ts'
import { type FileRange, readFileLines } from './read-file-lines.ts'
import { PartReader, type PartReading } from './read-part.ts'

export interface PartOrigin {
  /** Descriptor of the file, which all threads share. */
  readonly file: number
  readonly range: FileRange
}

/**
 * A part of a records file, in the thread that reads it. Its changes are derived as its lines are checked, so that each need
 * be parsed once only: as of the Monday at or before its first reading, which is mostly the one that is then asked for.
 */
export class FilePart {
  readonly #origin: PartOrigin
  #derived: DerivedLines | undefined

  constructor(origin: PartOrigin) {
    this.#origin = origin
  }

  /** @param onProgress is told how many bytes of the part are done */
  read(onProgress: (done: number) => void): PartReading {
    const { file, range } = this.#origin
    const reader = new PartReader()
    for (const { text, ...place } of readFileLines(file, range)) {
      onProgress(place.offset + place.length - range.start)
      const record = reader.read(place, text)
      if (record?.record !== 'pull-request') continue
      this.#derived ??= new DerivedLines(file, snapToMonday(Date.parse(record.readAt)))
      this.#derived.add(place, record)
    }
    return reader.finish()
  }

  /** Once all parts have been read. */
  derive(derivation: Derivation): TablePart {
    const { file, range } = this.#origin
    if (this.#derived?.asOf !== derivation.asOf)
      this.#derived = deriveLines(file, range, derivation)
    return this.#derived.corrected(derivation)
  }
}
