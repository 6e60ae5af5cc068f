/** A person of the demo: where they log in, and what of theirs is where. */
export interface DemoPerson {
  readonly name: string;
  /** Account and pod name on each host. */
  readonly slug: string;
  readonly email: string;
  readonly password: string;
  /** The host of the WebID: the first is WAC, the second ACP. */
  readonly home: 'first' | 'second';
  /** The host that holds each export; a pod on another host than `home` belongs to the same WebID. */
  readonly fitbit: 'first' | 'second';
  readonly empatica: 'first' | 'second';
}

/** Ada has pods on both hosts, Noor has everything on the second. The passwords guard nothing but samples. */
export const demoPeople = [
  {
    name: 'Ada',
    slug: 'ada',
    email: 'ada@wellpod.example',
    password: 'ada-demo',
    home: 'first',
    fitbit: 'first',
    empatica: 'second',
  },
  {
    name: 'Noor',
    slug: 'noor',
    email: 'noor@wellpod.example',
    password: 'noor-demo',
    home: 'second',
    fitbit: 'second',
    empatica: 'second',
  },
] as const satisfies readonly DemoPerson[];

/** Every host that a person has a pod on, the one of the WebID first. */
export function hostsOf(person: DemoPerson): readonly ('first' | 'second')[] {
  return [...new Set([person.home, person.fitbit, person.empatica])];
}
