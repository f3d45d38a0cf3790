import { QwcHotReloadElement, html } from 'qwc-hot-reload-element';
import { JsonRpc } from 'jsonrpc';
import '@vaadin/button';
import { age, count, counted, failure, problem, shared } from './openai-batch-shared.js';

/** The newest batches of each client's account, also those that no job made. */
export class QwcOpenaiBatchBatches extends QwcHotReloadElement {

    static styles = shared;

    static properties = { _accounts: { state: true }, _problem: { state: true }, _loading: { state: true } };

    jsonRpc = new JsonRpc(this);

    connectedCallback() {
        super.connectedCallback();
        this._load();
    }

    hotReload() {
        this._load();
    }

    _load() {
        this._loading = true;
        this._problem = null;
        this.jsonRpc.batches()
            .then(answer => this._accounts = answer.result)
            .catch(e => this._problem = failure(e))
            .finally(() => this._loading = false);
    }

    render() {
        return html`
            <div class="row">
                <span class="grow quiet">The newest batches at the provider of each client, also those that no job made</span>
                <vaadin-button id="reload" ?disabled=${this._loading} @click=${this._load}>Look again</vaadin-button>
            </div>
            ${this._problem ? problem(this._problem) : ''}
            ${this._accounts ? this._accounts.map(account => this._account(account))
                : this._problem ? '' : html`<p class="loading quiet">The providers are asked …</p>`}`;
    }

    _account(account) {
        return html`<section data-client=${account.client}>
            <h3>${account.client === '<default>' ? 'The default client' : account.client}</h3>
            ${account.problem ? problem(account.problem)
                : account.batches.length === 0 ? html`<p class="quiet">No batches</p>` : this._table(account.batches)}
        </section>`;
    }

    _table(batches) {
        return html`<table>
            <tr><th>Batch</th><th>Status</th><th>Endpoint</th><th>Lines</th><th>Age</th></tr>
            ${batches.map(batch => html`<tr data-batch=${batch.id}>
                <td><code>${batch.id}</code></td>
                <td><span class="badge ${badge(batch.status)}">${batch.status}</span></td>
                <td><code>${batch.endpoint}</code></td>
                <td>${count(batch.completed)} of ${counted(batch.total, 'line', 'lines')}${batch.failed
                    ? html`, <span class="problem">${count(batch.failed)} failed</span>` : ''}</td>
                <td>${age(batch.createdAt)}</td>
            </tr>`)}
        </table>`;
    }
}

function badge(status) {
    const text = String(status).toLowerCase();
    return text === 'completed' ? 'good' : ['failed', 'expired', 'cancelled'].includes(text) ? 'bad' : 'busy';
}

customElements.define('qwc-openai-batch-batches', QwcOpenaiBatchBatches);
