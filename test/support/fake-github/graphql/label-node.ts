import { nodeId } from '../node-id.ts'
import type { Label } from '../state.ts'

export function labelNode({ id, name, color, description }: Label) {
  return { __typename: 'Label', id: nodeId('LA', id), name, color, description }
}
