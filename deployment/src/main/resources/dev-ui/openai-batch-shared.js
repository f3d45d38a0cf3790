import { css, html } from 'lit';

/** Styles of all pages; colours are those of the theme. */
export const shared = css`
    :host { display: block; padding: 0 1rem 2rem; color: var(--lumo-body-text-color); }
    h3 { margin: 1.5rem 0 .5rem; font-size: var(--lumo-font-size-l); }
    table { border-collapse: collapse; width: 100%; }
    th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--lumo-contrast-10pct); vertical-align: top; }
    th { color: var(--lumo-secondary-text-color); font-weight: 500; font-size: var(--lumo-font-size-s); }
    code { font-size: var(--lumo-font-size-s); overflow-wrap: anywhere; }
    .quiet { color: var(--lumo-secondary-text-color); font-size: var(--lumo-font-size-s); }
    .problem { color: var(--lumo-error-text-color); }
    .box { border: 1px solid var(--lumo-contrast-20pct); border-radius: var(--lumo-border-radius-l); padding: .75rem 1rem; margin: .75rem 0; }
    .row { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; }
    .grow { flex: 1 1 12rem; }
    .badge { border-radius: var(--lumo-border-radius-m); padding: .1rem .5rem; font-size: var(--lumo-font-size-s);
        background: var(--lumo-contrast-10pct); }
    .badge.good { background: var(--lumo-success-color-10pct); color: var(--lumo-success-text-color); }
    .badge.bad { background: var(--lumo-error-color-10pct); color: var(--lumo-error-text-color); }
    .badge.busy { background: var(--lumo-primary-color-10pct); color: var(--lumo-primary-text-color); }
    input, select { font: inherit; color: inherit; background: var(--lumo-contrast-10pct); border: none;
        border-radius: var(--lumo-border-radius-m); padding: .4rem .6rem; }
    option { color: initial; }
    a { color: var(--lumo-primary-text-color); cursor: pointer; }
    @media (max-width: 700px) { :host { padding: 0 .5rem 1rem; } }
`;

const numbers = new Intl.NumberFormat('en');

export const count = n => numbers.format(n ?? 0);

export const counted = (n, one, several) => `${count(n)} ${n === 1 ? one : several}`;

/** Such as "3 min"; until now if there is no end. */
export function age(from, to) {
    if (!from) {
        return '';
    }
    const seconds = Math.max(0, Math.round(((to ? new Date(to) : new Date()) - new Date(from)) / 1000));
    if (seconds < 60) {
        return seconds + ' s';
    }
    const minutes = Math.floor(seconds / 60);
    return minutes < 60 ? minutes + ' min' : Math.floor(minutes / 60) + ' h ' + (minutes % 60) + ' min';
}

/** The message of a call that failed, without the name of its method. */
export const failure = e => String(e?.error?.message ?? e?.message ?? e).replace(/^Method \[[^\]]*\] failed: /, '');

export const problem = text => html`<p class="problem" role="alert">${text}</p>`;
