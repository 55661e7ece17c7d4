import { maskAddresses } from '../../../shared/codecs/mask-addresses';
import { quarantineDetailView } from '../../../shared/operations/views/quarantine-view';
import type { QuarantineItem } from '../../../shared/stored/quarantine-item';
import type { QuarantinedObject } from '../../../shared/stored/quarantined-object';
import { mostRows } from '../../api/kept-list';
import * as api from '../../api/quarantine';
import { asConfirmed, reasonOf } from '../choice-problem';
import { includes, type KeptRequest, keyOf, problemsIn, requestGroups, rowOf } from '../quarantine/kept-request';
import { quarantineDesk, type QuarantineStack } from '../quarantine/quarantine-desk';
import type { Respond } from '../respond';
import type { TaskRunner } from '../task-runner';

/** Adds the requests of the page of the quarantine. */
export const quarantineRoutes = (
  respond: Respond,
  stack: QuarantineStack,
  runner: TaskRunner,
  now: () => Date,
): void => {
  const desk = quarantineDesk(stack, runner, now);
  const kept = (): readonly KeptRequest[] => [...(desk.lists()[0]?.entries.values() ?? [])];

  respond(api.quarantine, (filter) => {
    const all = kept();
    const matching = all.filter(includes(filter));
    const inState = (state: QuarantineItem['state']) => all.filter(({ item }) => item.state === state);
    return Promise.resolve({
      since: desk.lists()[0]?.since ?? null,
      task: desk.series.working()?.id ?? null,
      problem: desk.series.reading()?.problem ?? null,
      total: all.length,
      matching: matching.length,
      groups: requestGroups(inState('QUARANTINED')),
      states: {
        QUARANTINED: inState('QUARANTINED').length,
        REVALIDATED: inState('REVALIDATED').length,
        DISCARDED: inState('DISCARDED').length,
      },
      sources: [...new Set(all.map(({ item }) => item.source))].sort(),
      unreadable: desk.lists()[0]?.unreadable ?? 0,
      rows: matching.slice(0, mostRows).map((one) => rowOf(one)),
    });
  });
  respond(api.readQuarantine, () => Promise.resolve(desk.read()));
  respond(api.quarantined, async ({ source, id, personal }) => {
    const item = await stack.quarantine.item({ source, id });
    if (item === undefined) return null;
    const isShown = personal === 'shown';
    const request = await stack.quarantine.request(item);
    const outcome = desk.lists()[0]?.entries.get(keyOf(item))?.outcome ?? null;
    return {
      row: {
        ...rowOf({ item, outcome }, isShown),
        ...(typeof request === 'string' ? {} : { problems: problemsIn(request.problems, isShown) }),
      },
      correlation_id: item.correlation_id ?? null,
      decision: decisionOf(item, isShown),
      events: item.state === 'REVALIDATED' ? item.events : [],
      request: typeof request === 'string' ? request : requestView(item, request, now(), isShown),
    };
  });

  const chosen = (choice: api.QuarantineChoice): readonly QuarantineItem[] => {
    const { ids, filter = {} } = choice;
    const keys = ids === undefined ? undefined : new Set(ids);
    const choose = (entries: readonly KeptRequest[]) =>
      entries
        .filter(({ item }) => keys?.has(keyOf(item)) ?? true)
        .filter(includes(filter))
        .filter(({ item }) => item.state === 'QUARANTINED');
    return asConfirmed(desk.lists(), choose, choice).map(({ item }) => item);
  };
  respond(api.revalidate, (choice) => Promise.resolve(desk.revalidate(chosen(choice))));
  respond(api.discardQuarantined, ({ reason, ...choice }) =>
    Promise.resolve(desk.discard(chosen(choice), reasonOf(reason))),
  );
};

const decisionOf = (item: QuarantineItem, isShown: boolean) => {
  switch (item.state) {
    case 'QUARANTINED':
      return null;
    case 'REVALIDATED':
      return { at: item.revalidated_at, by: item.revalidated_by ?? null, reason: null };
    case 'DISCARDED':
      return {
        at: item.discarded_at,
        by: item.discarded_by ?? null,
        reason: isShown ? item.discard_reason : maskAddresses(item.discard_reason),
      };
  }
};

/** The longest body that is sent to the page, in characters. */
const mostBody = 262_144;

const requestView = (item: QuarantineItem, request: QuarantinedObject, now: Date, isShown: boolean) => {
  const view = quarantineDetailView(item, request, now, isShown);
  if (typeof view.request === 'string') return view.request;
  const { method, url, headers, content_type, bytes, shape, body } = view.request;
  const hide = (text: string): string => (isShown ? text : maskAddresses(text));
  return {
    method,
    url: hide(url),
    headers: Object.entries(headers).flatMap(([name, values]) => values.map((value) => ({ name, value: hide(value) }))),
    content_type,
    bytes,
    // A sender chooses the names, too.
    shape: shape?.map(hide) ?? null,
    body: body?.slice(0, mostBody) ?? null,
    is_cut: (body?.length ?? 0) > mostBody,
  };
};
