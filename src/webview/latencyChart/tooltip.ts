import { element } from '../element';

/** What is said of a point beside it. It never takes the pointer and never leaves the plot's box. */
export class Tooltip {
  readonly root = element('div', { class: 'tooltip', hidden: '', 'aria-hidden': 'true' });

  /** Shows lines beside a place in the box, on the side where there is room. */
  show(lines: readonly string[], place: { readonly x: number; readonly y: number }): void {
    this.root.replaceChildren(...lines.filter((line) => line !== '').map((line) => element('div', {}, line)));
    this.root.hidden = false;
    const box = this.root.parentElement;
    if (!box) return;
    const { offsetWidth: width, offsetHeight: height } = this.root;
    const right = place.x + 14;
    const left = right + width <= box.clientWidth ? right : place.x - 14 - width;
    this.root.style.left = `${clamp(left, box.clientWidth - width)}px`;
    this.root.style.top = `${clamp(place.y - height - 10, box.clientHeight - height)}px`;
  }

  hide(): void {
    this.root.hidden = true;
  }
}

function clamp(value: number, max: number): number {
  return Math.max(0, Math.min(value, max));
}
