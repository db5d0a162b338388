import type { Span } from '../trace/span';
import { isInstalledCode } from './foreignCode';
import { type CodeWorld, resolveSite, type SitePlace } from './resolveSite';
import { type StackFrame, stackFrames } from './stackFrames';

/** The frames of the exceptions that a span recorded, those of the last one first. */
export function framesOf({ events, attributes }: Pick<Span, 'events' | 'attributes'>): readonly StackFrame[] {
  const stacks = events.flatMap((event) => event.attributes.get('exception.stacktrace') ?? []).reverse();
  const own = attributes.get('code.stacktrace');
  return [...stacks, ...(own === undefined ? [] : [own])].flatMap((stack) =>
    typeof stack === 'string' ? stackFrames(stack) : [],
  );
}

/** The innermost frame that lies in the workspace without a doubt, at its own line. */
export function innermostPlace(frames: readonly StackFrame[], world: CodeWorld): SitePlace | undefined {
  for (const frame of frames) {
    const place = placeOf(frame, world);
    if (place) return { ...place, line: frame.line ?? place.line };
  }
  return undefined;
}

/** The one of some places that the frames went through; `undefined` when they did so through none or several. */
export function throughWhich(
  frames: readonly StackFrame[],
  places: readonly SitePlace[],
  world: CodeWorld,
): SitePlace | undefined {
  const through = new Set<SitePlace>();
  for (const frame of frames) {
    const at = placeOf(frame, world);
    const line = frame.line ?? at?.line ?? 0;
    for (const place of places) {
      const { inFunction } = place;
      const isWithin = inFunction
        ? inFunction.line <= line && line <= inFunction.endLine
        : place.line === line;
      if (at?.file === place.file && isWithin) through.add(place);
    }
  }
  const [only] = through;
  return through.size === 1 ? only : undefined;
}

function placeOf({ filePath, line, functionName }: StackFrame, world: CodeWorld): SitePlace | undefined {
  if (isInstalledCode(filePath)) return undefined;
  const found = resolveSite({ filePath, line, functionName, spanName: '' }, world);
  return found?.places.length === 1 ? found.places[0] : undefined;
}
