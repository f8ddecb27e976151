import type { Tenant } from '../../store/index.ts'

/** Whether an owner granted what it takes to label: one to put labels on, the other to make them. */
export function mayLabel({ pull_requests, issues }: Tenant['permissions']): boolean {
  return pull_requests === 'write' && issues === 'write'
}
