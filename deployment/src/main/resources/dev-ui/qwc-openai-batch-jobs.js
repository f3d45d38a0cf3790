import { QwcHotReloadElement, css, html } from 'qwc-hot-reload-element';
import { JsonRpc } from 'jsonrpc';
import { notifier } from 'notifier';
import '@vaadin/button';
import '@vaadin/progress-bar';
import { age, count, counted, failure, problem, shared } from './openai-batch-shared.js';
import './openai-batch-file.js';

const SURE_MS = 10_000;
const STATES = { FINISHED: 'good', RUNNING: 'busy', CANCELLING: 'busy', PAUSED: 'bad', INTERRUPTED: 'bad' };

/** The jobs of the application, which move by themselves, and one of them in full. */
export class QwcOpenaiBatchJobs extends QwcHotReloadElement {

    static styles = [shared, css`
        .job.open { border-color: var(--lumo-primary-color); }
        .name { font-weight: 600; overflow-wrap: anywhere; }
        vaadin-progress-bar { margin: .5rem 0; }
    `];

    static properties = {
        _jobs: { state: true }, _problem: { state: true }, _open: { state: true }, _details: { state: true },
        _answers: { state: true }, _sure: { state: true }
    };

    jsonRpc = new JsonRpc(this);

    _service = () => this.jsonRpc;

    connectedCallback() {
        super.connectedCallback();
        this._watch();
    }

    disconnectedCallback() {
        this._observer?.cancel();
        super.disconnectedCallback();
    }

    hotReload() {
        this._watch();
    }

    _watch() {
        this._observer?.cancel();
        this.jsonRpc.jobs().then(answer => this._take(answer.result)).catch(e => this._problem = failure(e));
        this._observer = this.jsonRpc.watchJobs().onNext(answer => this._take(answer.result));
    }

    _take(jobs) {
        this._jobs = jobs;
        this._problem = null;
        if (this._open) {
            this._look();
        }
    }

    _look() {
        this.jsonRpc.job({ name: this._open }).then(answer => this._details = answer.result)
            .catch(e => this._problem = failure(e));
    }

    _show(name) {
        this._open = this._open === name ? null : name;
        this._details = null;
        this._answers = null;
        if (this._open) {
            this._look();
        }
    }

    _act(name, method) {
        this.jsonRpc[method]({ name }).then(answer => {
            const said = answer.result;
            said.done ? notifier.showInfoMessage(said.message) : notifier.showErrorMessage(said.message);
        }).catch(e => notifier.showErrorMessage(failure(e)));
    }

    /** What cannot be taken back, or costs, is asked for twice. */
    _ask(name, method) {
        const key = name + ' ' + method;
        if (this._sure === key) {
            this._sure = null;
            this._act(name, method);
            return;
        }
        this._sure = key;
        setTimeout(() => this._sure = this._sure === key ? null : this._sure, SURE_MS);
    }

    render() {
        return html`
            <openai-batch-file .service=${this._service} @job=${e => this._open === e.detail || this._show(e.detail)}></openai-batch-file>
            ${this._problem ? problem(this._problem) : ''}
            ${!this._jobs ? this._problem ? '' : html`<p class="loading quiet">The jobs are read …</p>`
                : this._jobs.length === 0 ? html`<p class="empty quiet">No jobs yet. Submit one in the application, or drop a file above.</p>`
                    : this._jobs.map(job => this._job(job))}`;
    }

    _job(job) {
        const share = job.lines === 0 ? 0 : job.done / job.lines;
        return html`<div class="box job ${this._open === job.name ? 'open' : ''}" data-job=${job.name} data-state=${job.state}>
            <div class="row">
                <a class="name grow" tabindex="0" @click=${() => this._show(job.name)}>${job.name}</a>
                <span class="badge ${STATES[job.state] ?? ''}">${job.state.toLowerCase()}</span>
                ${this._buttons(job)}
            </div>
            <vaadin-progress-bar .value=${share} aria-label="Progress of ${job.name}"></vaadin-progress-bar>
            <div class="quiet facts">${this._facts(job).join(' · ')}</div>
            ${job.reason ? html`<div class="problem reason">${job.reason}</div>`
                : job.failing ? html`<div class="quiet failing">${job.failing}</div>` : ''}
            ${this._open === job.name ? this._full() : ''}
        </div>`;
    }

    _facts(job) {
        const facts = [`${count(job.done)} of ${counted(job.lines, 'line', 'lines')}${job.read ? '' : ' read so far'}`,
            `${count(job.collected)} of ${counted(job.chunks, 'chunk', 'chunks')}`];
        if (job.batches) {
            facts.push(counted(job.batches, 'batch runs', 'batches run'));
        }
        Object.entries(job.outcomes).filter(([outcome, n]) => n > 0 && outcome !== 'SUCCEEDED')
            .forEach(([outcome, n]) => facts.push(`${count(n)} ${outcome.toLowerCase()}`));
        if (job.tokens) {
            facts.push(counted(job.tokens, 'token', 'tokens') + (job.cost ? `, cost ${job.cost}` : ''));
        }
        if (job.client !== '<default>') {
            facts.push('client ' + job.client);
        }
        facts.push(job.endedAt ? `took ${age(job.createdAt, job.endedAt)}` : `for ${age(job.createdAt)}`);
        return facts;
    }

    _buttons(job) {
        const ended = Boolean(job.endedAt);
        const rest = Object.entries(job.outcomes).some(([outcome, n]) => n > 0 && outcome !== 'SUCCEEDED');
        return html`
            ${job.state === 'RUNNING' ? this._button(job, 'pause', 'Pause') : ''}
            ${job.state === 'PAUSED' ? this._button(job, 'resume', job.question ? 'Agree and resume' : 'Resume', job.question) : ''}
            ${!ended && job.state !== 'CANCELLING' ? this._button(job, 'cancel', 'Cancel', true) : ''}
            ${ended && rest ? this._button(job, 'rerun', 'Run the rest again', true) : ''}
            ${job.handlerFailed ? this._button(job, 'redeliver', 'Hand over again') : ''}`;
    }

    _button(job, method, label, sure) {
        const asked = this._sure === job.name + ' ' + method;
        return html`<vaadin-button theme="small ${asked ? 'error primary' : ''}" data-action=${method}
            @click=${() => sure ? this._ask(job.name, method) : this._act(job.name, method)}>${asked ? label + '?' : label}</vaadin-button>`;
    }

    _full() {
        const details = this._details;
        if (!details) {
            return html`<p class="loading quiet">The job is read …</p>`;
        }
        return html`
            ${details.waits.length ? html`<h3>Waits for</h3><ul class="waits">${details.waits.map(wait => html`<li>
                ${wait.what.toLowerCase()}${wait.chunks ? `, ${counted(wait.chunks, 'chunk', 'chunks')}` : ''}${wait.since
                    ? `, for ${age(wait.since)}` : ''}</li>`)}</ul>` : ''}
            <h3>Batches</h3>
            ${details.batches.length === 0 ? html`<p class="quiet">None yet</p>` : html`<table class="batches">
                <tr><th>Chunk</th><th>Batch</th><th>Status</th><th>Lines</th></tr>
                ${details.batches.map(batch => html`<tr><td>${batch.chunk}</td><td><code>${batch.id}</code></td>
                    <td>${batch.status ?? ''}</td><td>${count(batch.lines)}</td></tr>`)}
            </table>`}
            ${details.moreBatches ? html`<p class="quiet">and ${counted(details.moreBatches, 'earlier batch', 'earlier batches')}</p>` : ''}
            ${this._numbers(details)}
            ${details.firstErrors.length ? html`<h3>First errors</h3><p class="errors"><code>${details.firstErrors.join(', ')}</code></p>` : ''}
            <h3>Answers</h3>
            ${this._answers ? this._first() : html`<vaadin-button theme="small" id="answers" @click=${this._showAnswers}>Show the first
                answers</vaadin-button> <span class="quiet">They may hold what others must not see</span>`}`;
    }

    _numbers(details) {
        const models = Object.entries(details.tokensOfModels);
        return html`<p class="quiet">Version ${details.version}
            ${models.filter(([, n]) => n > 0).map(([model, n]) => html` · ${model || 'no model'}: ${counted(n, 'token', 'tokens')}`)}
            · ${counted(details.expectedTokens, 'token', 'tokens')} expected
            ${details.resent ? html` · ${counted(details.resent, 'line', 'lines')} sent again` : ''}
            ${details.mayRun.length ? html` · <span class="problem">may still run: ${details.mayRun.join(', ')}</span>` : ''}
            ${details.filesLeft.length ? html` · files left at the provider: ${details.filesLeft.join(', ')}` : ''}</p>`;
    }

    _showAnswers() {
        this.jsonRpc.answers({ name: this._open }).then(answer => this._answers = answer.result)
            .catch(e => this._problem = failure(e));
    }

    _first() {
        return this._answers.length === 0 ? html`<p class="quiet">None yet</p>` : html`<table class="answers">
            <tr><th>Line</th><th>Outcome</th><th>Answer</th></tr>
            ${this._answers.map(answer => html`<tr><td><code>${answer.id}</code></td><td>${answer.outcome?.toLowerCase()}</td>
                <td>${answer.text}</td></tr>`)}
        </table>`;
    }
}

customElements.define('qwc-openai-batch-jobs', QwcOpenaiBatchJobs);
