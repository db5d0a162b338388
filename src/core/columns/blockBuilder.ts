import { spanKinds, spanStatuses } from '../trace/span';
import { AttributeWriter } from './attributeWriter';
import { GrowingBytes, GrowingFloat64, GrowingUint32 } from './growingColumn';
import { LibrarySpans } from './librarySpans';
import { rangeOf } from './rangeOf';
import { SiteWriter } from './siteWriter';
import type { SpanBlock } from './spanBlock';
import { spanFingerprint } from './spanFingerprint';
import { TextInterner } from './textInterner';

/** What a span's row begins with; texts are references. */
export interface SpanRow {
  readonly id: number;
  readonly parent: number;
  readonly name: number;
  readonly startTimeUs: number;
  readonly durationUs: number;
}

const client = spanKinds.indexOf('client');
const producer = spanKinds.indexOf('producer');
const bytesPerSpan = 62;
const bytesPerEvent = 16;
const bytesPerTrace = 28;
/** Of a row of which the place in the code has not been looked for. */
const noSite = 0xffff_ffff;

/**
 * Writes a block, trace after trace: for each span its attributes, events, links and warnings, then `span`; when all spans of the trace are
 * written, `trace`. Resources may come at any time before that.
 */
export class BlockBuilder {
  readonly texts = new TextInterner();
  readonly numbers = new GrowingFloat64();
  readonly attributes = new AttributeWriter(this.texts, this.numbers);
  readonly eventAttributes = new AttributeWriter(this.texts, this.numbers);
  readonly resourceAttributes = new AttributeWriter(this.texts, this.numbers);
  readonly #sites = new SiteWriter(this.texts);
  readonly #libraries = new LibrarySpans(this.texts);
  readonly #spans = {
    id: new GrowingUint32(),
    parent: new GrowingUint32(),
    name: new GrowingUint32(),
    resource: new GrowingUint32(),
    kind: new GrowingBytes(),
    status: new GrowingBytes(),
    statusMessage: new GrowingUint32(),
    startTimeUs: new GrowingFloat64(),
    durationUs: new GrowingFloat64(),
    site: new GrowingUint32(),
    eventEnds: new GrowingUint32(),
    linkEnds: new GrowingUint32(),
    warningEnds: new GrowingUint32(),
  };
  readonly #traces = {
    id: new GrowingUint32(),
    spanEnds: new GrowingUint32(),
    startTimeUs: new GrowingFloat64(),
    endTimeUs: new GrowingFloat64(),
    fingerprint: new GrowingUint32(),
    bytes: new GrowingUint32(),
  };
  readonly #events = { name: new GrowingUint32(), timeUs: new GrowingFloat64() };
  readonly #links = { traceId: new GrowingUint32(), spanId: new GrowingUint32() };
  readonly #warnings = new GrowingUint32();
  readonly #services = new GrowingUint32();
  readonly #resources = new Map<string, number>();
  #firstOfTrace = 0;
  /** Of what the traces before weigh; what there is without any is not theirs. */
  #weightBefore = this.#weight();

  get spanCount(): number {
    return this.#spans.id.length;
  }

  get traceCount(): number {
    return this.#traces.id.length;
  }

  /** Ends an event of the next span; its attributes have been written. */
  event(name: number, timeUs: number): void {
    this.eventAttributes.close();
    this.#events.name.push(name);
    this.#events.timeUs.push(timeUs);
  }

  link(traceId: number, spanId: number): void {
    this.#links.traceId.push(traceId);
    this.#links.spanId.push(spanId);
  }

  warning(text: number): void {
    this.#warnings.push(text);
  }

  /** Forgets the attributes of an event that was not ended. */
  rollBackEvent(): void {
    this.eventAttributes.rollBack(this.#events.name.length);
  }

  /** Ends a span; what belongs to it has been written. Gives its row. */
  span(row: SpanRow): number {
    const spans = this.#spans;
    this.attributes.close();
    spans.id.push(row.id);
    spans.parent.push(row.parent);
    spans.name.push(row.name);
    spans.startTimeUs.push(row.startTimeUs);
    spans.durationUs.push(row.durationUs);
    spans.resource.push(0);
    spans.kind.push(0);
    spans.status.push(0);
    spans.statusMessage.push(0);
    spans.site.push(noSite);
    spans.eventEnds.push(this.#events.name.length);
    spans.linkEnds.push(this.#links.traceId.length);
    spans.warningEnds.push(this.#warnings.length);
    return spans.id.length - 1;
  }

  /** Says a row's kind and status, as indexes. */
  state(row: number, kind: number, status: number, statusMessage: number): void {
    if (kind < 0 || kind >= spanKinds.length || status < 0 || status >= spanStatuses.length) return;
    this.#spans.kind.data[row] = kind;
    this.#spans.status.data[row] = status;
    this.#spans.statusMessage.data[row] = statusMessage;
  }

  /** Says which resource made a row. */
  resourceOf(row: number, resource: number): void {
    this.#spans.resource.data[row] = resource;
  }

  /** Finds the place in the code that made a row, of which all has been said. */
  findSite(row: number): number {
    const { resource, name, site } = this.#spans;
    const service = this.#services.data[resource.data[row] ?? 0] ?? 0;
    const range = rangeOf(this.attributes.ends.data, row);
    const found = this.#sites.site(service, name.data[row] ?? 0, this.attributes, range);
    site.data[row] = found;
    return found;
  }

  /** Says which place in the code made a row, as `findSite` found it for another that it made, too. */
  siteOf(row: number, site: number): void {
    this.#spans.site.data[row] = site;
  }

  /** Ends a resource; its attributes have been written. The same one again has the same index. */
  resource(service: number): number {
    const { keys, values, ends } = this.resourceAttributes;
    const from = ends.data[ends.length - 1] ?? 0;
    const start = ends.length === 0 ? 0 : from;
    const identity = `${service}:${keys.data.subarray(start, keys.length)}:${values.data.subarray(start, values.length)}`;
    const known = this.#resources.get(identity);
    if (known !== undefined) {
      keys.length = values.length = start;
      return known;
    }
    this.resourceAttributes.close();
    this.#services.push(service);
    this.#resources.set(identity, this.#services.length - 1);
    return this.#services.length - 1;
  }

  /** Ends a trace: all spans since the one before. A trace without spans is none. Its fingerprint may be known. */
  trace(id: number, knownFingerprint?: number): void {
    const { startTimeUs, durationUs } = this.#spans;
    const to = this.spanCount;
    if (to === this.#firstOfTrace) return;
    let start = Number.POSITIVE_INFINITY;
    let end = Number.NEGATIVE_INFINITY;
    let fingerprint = knownFingerprint ?? 0;
    const written = {
      ...{ texts: this.texts, numbers: this.numbers, attributes: this.attributes, spans: this.#spans },
      ...{ eventAttributes: this.eventAttributes, events: this.#events, links: this.#links },
      services: this.#services,
    };
    for (let row = this.#firstOfTrace; row < to; row++) {
      const startOfSpan = startTimeUs.at(row);
      start = Math.min(start, startOfSpan);
      end = Math.max(end, startOfSpan + durationUs.at(row));
      if (this.#spans.site.data[row] === noSite) this.findSite(row);
      // A sum: the order in which the spans of a trace come does not matter.
      if (knownFingerprint === undefined) fingerprint = (fingerprint + spanFingerprint(written, row)) | 0;
    }
    this.#placeLibraries(this.#firstOfTrace, to);
    this.#traces.id.push(id);
    this.#traces.spanEnds.push(to);
    this.#traces.startTimeUs.push(start);
    this.#traces.endTimeUs.push(end);
    this.#traces.fingerprint.push(fingerprint >>> 0);
    const weight = this.#weight();
    this.#traces.bytes.push(weight - this.#weightBefore);
    this.#weightBefore = weight;
    this.#firstOfTrace = to;
  }

  /** Forgets what was written since the last trace ended, but for its texts and resources. */
  rollBack(): void {
    this.#rollBackTo(this.#firstOfTrace);
  }

  /** Forgets what was written since the last span ended. */
  rollBackSpan(): void {
    this.#rollBackTo(this.spanCount);
  }

  #rollBackTo(rows: number): void {
    const { eventEnds, linkEnds, warningEnds, ...columns } = this.#spans;
    const kept = (ends: GrowingUint32) => (rows === 0 ? 0 : (ends.data[rows - 1] ?? 0));
    const events = kept(eventEnds);
    this.#events.name.length = this.#events.timeUs.length = events;
    this.#links.traceId.length = this.#links.spanId.length = kept(linkEnds);
    this.#warnings.length = kept(warningEnds);
    for (const column of [eventEnds, linkEnds, warningEnds, ...Object.values(columns)]) column.length = rows;
    this.attributes.rollBack(rows);
    this.eventAttributes.rollBack(events);
    this.resourceAttributes.rollBack(this.#services.length);
  }

  /** The block, of which the buffers can be transferred. The builder is of no use after that. */
  take(): SpanBlock {
    const { eventEnds, linkEnds, warningEnds, ...spans } = this.#spans;
    return {
      sites: this.#sites.take(),
      texts: this.texts.take(),
      numbers: this.numbers.take(),
      traces: {
        id: this.#traces.id.take(),
        spanEnds: this.#traces.spanEnds.take(),
        startTimeUs: this.#traces.startTimeUs.take(),
        endTimeUs: this.#traces.endTimeUs.take(),
        fingerprint: this.#traces.fingerprint.take(),
        bytes: this.#traces.bytes.take(),
      },
      spans: {
        id: spans.id.take(),
        parent: spans.parent.take(),
        name: spans.name.take(),
        resource: spans.resource.take(),
        kind: spans.kind.take(),
        status: spans.status.take(),
        statusMessage: spans.statusMessage.take(),
        startTimeUs: spans.startTimeUs.take(),
        durationUs: spans.durationUs.take(),
        site: spans.site.take(),
        attributes: this.attributes.take(),
        eventEnds: eventEnds.take(),
        linkEnds: linkEnds.take(),
        warningEnds: warningEnds.take(),
      },
      events: {
        name: this.#events.name.take(),
        timeUs: this.#events.timeUs.take(),
        attributes: this.eventAttributes.take(),
      },
      links: { traceId: this.#links.traceId.take(), spanId: this.#links.spanId.take() },
      warnings: this.#warnings.take(),
      resources: { service: this.#services.take(), attributes: this.resourceAttributes.take() },
    };
  }

  /** Bytes of all that was written so far. */
  #weight(): number {
    const attributes = [this.attributes, this.eventAttributes, this.resourceAttributes];
    return (
      this.texts.byteLength +
      8 * this.numbers.length +
      8 * attributes.reduce((sum, { keys }) => sum + keys.length, 0) +
      bytesPerSpan * this.spanCount +
      bytesPerEvent * this.#events.name.length +
      8 * this.#links.traceId.length +
      4 * this.#warnings.length +
      bytesPerTrace * (this.traceCount + 1)
    );
  }

  /** Tells the places of libraries' spans apart by who called: the spans around them, unless these are a library's, too. */
  #placeLibraries(from: number, to: number): void {
    const { id, kind, parent, site, resource } = this.#spans;
    const operations = new Map<number, number>();
    for (let row = from; row < to; row++) {
      if (kind.data[row] !== client && kind.data[row] !== producer) continue;
      const operation = this.#libraries.operation(this.attributes, rangeOf(this.attributes.ends.data, row));
      if (operation >= 0) operations.set(row, operation);
    }
    if (operations.size === 0) return;
    const rows = new Map<number, number>();
    for (let row = from; row < to; row++) rows.set(id.data[row] ?? 0, row);
    for (const [row, operation] of operations) {
      const around = rows.get(parent.data[row] ?? 0);
      const isCaller =
        around !== undefined && !operations.has(around) && resource.data[around] === resource.data[row];
      const caller = isCaller ? (site.data[around] ?? 0) : -1;
      site.data[row] = this.#sites.librarySite(site.data[row] ?? 0, operation, caller);
    }
  }
}
