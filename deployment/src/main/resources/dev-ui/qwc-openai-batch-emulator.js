import { QwcHotReloadElement, css, html } from 'qwc-hot-reload-element';
import { JsonRpc } from 'jsonrpc';
import '@vaadin/button';
import { count, counted, failure, problem, shared } from './openai-batch-shared.js';

const EVERY_MS = 1000;

/** The emulator of the dev service: what was run and paid, how fast it is, and how it misbehaves. */
export class QwcOpenaiBatchEmulator extends QwcHotReloadElement {

    static styles = [shared, css`
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.5rem; margin: .5rem 0; }
        dt { color: var(--lumo-secondary-text-color); }
        dd { margin: 0; }
        #speed { width: 7rem; }
    `];

    static properties = { _shown: { state: true }, _problem: { state: true }, _said: { state: true } };

    jsonRpc = new JsonRpc(this);

    connectedCallback() {
        super.connectedCallback();
        this._look();
        this._timer = setInterval(() => this._look(), EVERY_MS);
    }

    disconnectedCallback() {
        clearInterval(this._timer);
        super.disconnectedCallback();
    }

    hotReload() {
        this._look();
    }

    _look() {
        this.jsonRpc.emulator()
            .then(answer => {
                this._shown = answer.result;
                this._problem = null;
            })
            .catch(e => this._problem = failure(e));
    }

    _act(call) {
        call.then(answer => {
            this._said = answer.result;
            this._look();
        }).catch(e => this._problem = failure(e));
    }

    render() {
        if (this._problem) {
            return problem(this._problem);
        }
        if (!this._shown) {
            return html`<p class="loading quiet">The emulator is asked …</p>`;
        }
        return this._shown.running ? this._emulator(this._shown)
            : html`<p class="empty">No emulator runs: each client has a base URL of its own, or <code>quarkus.openai-batch.devservices.enabled</code>
                is false.</p>`;
    }

    _emulator(shown) {
        const ledger = shown.ledger;
        return html`
            <dl>
                <dt>Base URL</dt><dd><code>${shown.baseUrl}</code></dd>
                <dt>Batches, files</dt><dd>${counted(shown.batches, 'batch', 'batches')}, ${counted(shown.files, 'file', 'files')}</dd>
                <dt>Lines that were run</dt><dd class="lines">${count(ledger.lines)}</dd>
                <dt>Paid answers</dt><dd class="paid">${count(ledger.paid)}${ledger.undelivered
                    ? `, ${count(ledger.undelivered)} of them in no result file` : ''}</dd>
                <dt>Unpaid</dt><dd>${count(ledger.unpaid)}</dd>
                <dt>Paid more than once</dt>
                <dd class="${ledger.paidMoreThanOnce ? 'problem' : ''}">${counted(ledger.paidMoreThanOnce, 'line', 'lines')}</dd>
                <dt>Requests</dt><dd class="quiet">${Object.entries(shown.requests).map(([name, n]) => `${name} ${count(n)}`).join(', ')
                    || 'none yet'}</dd>
            </dl>
            <h3>Speed</h3>
            <div class="row">
                <input id="speed" type="number" min="0.000001" step="any" aria-label="Speed" .value=${String(shown.speed)}
                    @change=${e => this._act(this.jsonRpc.emulatorSpeed({ speed: e.target.value }))}>
                <span class="quiet">At 1 a batch takes some seconds to validate and to finish, and runs 100 lines a second.
                    It counts for batches created from now on.</span>
            </div>
            <h3>Misbehaviour</h3>
            <div class="row">
                ${shown.misbehaviours.map(one => html`<vaadin-button theme="small" data-misbehaviour=${one.name}
                    @click=${() => this._act(this.jsonRpc.emulatorMisbehave({ name: one.name }))}>${one.label}</vaadin-button>`)}
            </div>
            ${shown.faults.length === 0 ? html`<p class="quiet">It behaves.</p>` : html`
                <table class="faults">
                    <tr><th>Fault</th><th>Happened</th></tr>
                    ${shown.faults.map(one => html`<tr><td>${one.label}</td><td>${counted(one.happened, 'time', 'times')}</td></tr>`)}
                </table>
                <p><vaadin-button id="behave" @click=${() => this._act(this.jsonRpc.emulatorBehave())}>Behave</vaadin-button></p>`}
            ${this._said ? html`<p class="said ${this._said.done ? 'quiet' : 'problem'}" role="status">${this._said.message}</p>` : ''}`;
    }
}

customElements.define('qwc-openai-batch-emulator', QwcOpenaiBatchEmulator);
