import { LitElement, css, html } from 'lit';
import '@vaadin/button';
import '@vaadin/progress-bar';
import { count, counted, failure, problem, shared } from './openai-batch-shared.js';

/** Bytes of a slice: a call of the Dev UI is lost beyond 64 KB, and base64 makes a third more. */
const SLICE = 32 * 1024;

/**
 * Takes a file that is dropped or chosen, checks it, and runs it as a job. The service is given by a function: of a JsonRpc
 * each property is a call, so that it cannot be a property itself.
 */
export class OpenaiBatchFile extends LitElement {

    static styles = [shared, css`
        :host { padding: 0; }
        .drop { border: 2px dashed var(--lumo-contrast-30pct); border-radius: var(--lumo-border-radius-l); padding: 1rem; text-align: center; }
        .drop.over { border-color: var(--lumo-primary-color); background: var(--lumo-primary-color-10pct); }
        .drop input { display: none; }
        ul { margin: .25rem 0; padding-left: 1.25rem; }
    `];

    static properties = {
        service: { attribute: false },
        _over: { state: true }, _name: { state: true }, _share: { state: true }, _check: { state: true },
        _problem: { state: true }, _clients: { state: true }, _job: { state: true }, _client: { state: true },
        _model: { state: true }
    };

    constructor() {
        super();
        this._clear();
    }

    _clear() {
        this._id = null;
        this._name = null;
        this._share = 0;
        this._check = null;
        this._problem = null;
        this._model = '';
        this._client = '<default>';
    }

    render() {
        return html`
            ${this._name ? this._file() : this._zone()}
            ${this._problem ? problem(this._problem) : ''}`;
    }

    _zone() {
        return html`<div class="drop ${this._over ? 'over' : ''}"
                @dragover=${e => { e.preventDefault(); this._over = true; }}
                @dragleave=${() => this._over = false}
                @drop=${e => { e.preventDefault(); this._over = false; this._take(e.dataTransfer.files[0]); }}>
            Drop a file of requests or texts here, or
            <a tabindex="0" @click=${() => this.renderRoot.querySelector('input').click()}>choose one</a>
            <input type="file" accept=".jsonl,.ndjson,.json,.csv" @change=${e => this._take(e.target.files[0])}>
            <div class="quiet">JSON lines with custom_id, method, url and body; or JSON lines, or a CSV file, with id and text</div>
        </div>`;
    }

    _file() {
        return html`<div class="box" data-file=${this._name}>
            <div class="row"><b class="grow">${this._name}</b>
                <vaadin-button theme="small tertiary" id="discard" @click=${this._discard}>Take another file</vaadin-button></div>
            ${this._check ? this._checked(this._check)
                : html`<vaadin-progress-bar .value=${this._share}></vaadin-progress-bar><span class="quiet">The file is read …</span>`}
        </div>`;
    }

    _checked(check) {
        if (check.problems.length > 0) {
            return html`<p class="problem">It cannot be run${check.lines ? `: ${counted(check.problems.length + check.moreProblems,
                'problem', 'problems')} in ${counted(check.lines, 'line', 'lines')}` : ''}</p>
                <ul class="problems">${check.problems.map(text => html`<li>${text}</li>`)}</ul>
                ${check.moreProblems ? html`<span class="quiet">and ${count(check.moreProblems)} more</span>` : ''}`;
        }
        return html`<p class="good">${counted(check.lines, 'line', 'lines')} of ${check.texts ? 'texts' : 'requests'}, no problem.</p>
            <div class="row">
                <label>Job <input id="job" .value=${this._job} @input=${e => this._job = e.target.value}></label>
                <label>Client <select id="client" @change=${this._choose}>
                    ${(this._clients ?? []).map(name => html`<option ?selected=${name === this._client} value=${name}>${name}</option>`)}
                </select></label>
                ${check.texts ? html`<label>Model <input id="model" placeholder="of each request" .value=${this._model}
                    @input=${e => this._model = e.target.value}></label>` : ''}
                <vaadin-button theme="primary" id="run" ?disabled=${!this._job || check.texts && !this._model}
                    @click=${this._run}>Run</vaadin-button>
            </div>`;
    }

    async _take(file) {
        if (!file) {
            return;
        }
        this._clear();
        this._name = file.name;
        this._job = file.name.replace(/\.[^.]*$/, '').replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 80);
        try {
            this._clients = (await this.service().clients()).result;
            const upload = (await this.service().beginFile({ name: file.name })).result;
            if (upload.problem) {
                throw new Error(upload.problem);
            }
            this._id = upload.id;
            await this._send(file, upload.id);
            if (this._id === upload.id) {
                await this._look();
            }
        } catch (e) {
            this._problem = failure(e);
            this._name = null;
        }
    }

    async _send(file, id) {
        for (let start = 0; start < file.size && this._id === id; start += SLICE) {
            const bytes = new Uint8Array(await file.slice(start, start + SLICE).arrayBuffer());
            const slice = btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
            const added = (await this.service().appendToFile({ id, slice })).result;
            if (!added.done) {
                throw new Error(added.message);
            }
            this._share = Math.min(1, (start + SLICE) / file.size);
        }
    }

    async _look() {
        this._check = (await this.service().checkFile({ id: this._id, client: this._client })).result;
    }

    async _choose(e) {
        this._client = e.target.value;
        await this._look();
    }

    async _run() {
        try {
            const run = (await this.service().runFile({ id: this._id, job: this._job, client: this._client, model: this._model })).result;
            if (run.done) {
                this.dispatchEvent(new CustomEvent('job', { detail: this._job }));
                this._clear();
            } else {
                this._problem = run.message;
            }
        } catch (e) {
            this._problem = failure(e);
        }
    }

    _discard() {
        if (this._id) {
            this.service().discardFile({ id: this._id });
        }
        this._clear();
    }
}

customElements.define('openai-batch-file', OpenaiBatchFile);
