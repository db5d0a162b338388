/** What a span's own time may be spent on, in the order in which it is told. */
export const spanClasses = ['storage', 'model', 'queue', 'network', 'application'] as const;

/** What a span's own time is spent on. */
export type SpanClass = (typeof spanClasses)[number];

/**
 * What a span alone says of itself: a class, or that it called something of which it says no more (`call`), or nothing. What it is then
 * follows from the spans around it.
 */
export type OwnClass = SpanClass | 'call' | undefined;
