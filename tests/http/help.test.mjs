// "What can I get?": unknown is never no, answers stay in the address, figures follow the day's parameters.
import test from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startServer, Client, root } from '../lib/server.mjs';

let server;
test.before(async () => { server = await startServer({}); });
test.after(async () => { await server?.stop(); });

test('what is not known is asked, not refused, and each verdict says why', async () => {
	const c = new Client(server.base);
	await c.get('/situations/work?jobless=yes&insured=yes&registered=unknown');
	assert.match(c.text(), /Возможно, нужно спросить[\s\S]*Потеряли работу/);
	assert.match(c.text(), /не знаем: Вы зарегистрированы как ищущий работу/);
	await c.get('/situations/work?jobless=yes&insured=yes&registered=yes');
	assert.match(c.text(), /Вам доступно[\s\S]*Потеряли работу/);
	await c.get('/situations/work?jobless=no');
	assert.match(c.text(), /Сейчас не подходит[\s\S]*Потеряли работу/);
});

test('every entry has its page in three languages, with its figures and how sure they are', async () => {
	const list = await (await fetch(server.base + '/api/v1/situations')).json();
	assert.equal(list.data.length, 31);
	for (const lang of ['kk', 'ru', 'en'])
		for (const s of list.data) {
			const c = new Client(server.base, lang);
			await c.get(`/situation/${s.code}`);
			assert.equal(c.status, 200);
			assert.ok(!/\{(MRP|PM)/.test(c.html), `${s.code}: a figure is left open`);
		}
	const c = new Client(server.base);
	await c.get('/situation/birth-allowance');
	assert.match(c.html, /164\u00a0350\u00a0₸/, '38 times the index of the year');
	await c.get('/situation/flood-damage');
	assert.match(c.text(), /не проверено/);
});

test('nothing of the answers is stored, sent on or logged', async () => {
	const r = await fetch(server.base + '/situations/health?group_set=yes');
	assert.equal(r.headers.get('referrer-policy'), 'no-referrer');
	assert.equal(r.headers.get('set-cookie'), null);
	assert.ok(!server.log().includes('group_set'));
});

test('other sites may embed the questions and nothing else', async () => {
	assert.match((await fetch(server.base + '/situations/work/embed')).headers.get('content-security-policy'), /frame-ancestors \*/);
	assert.match((await fetch(server.base + '/situations/work')).headers.get('content-security-policy'), /frame-ancestors 'none'/);
});

test('one tap begins an appeal about it', async () => {
	const c = new Client(server.base);
	await c.get('/situation/unpaid-wages');
	await c.get(c.html.match(/href="(\/appeals\/new\?text=[^"]+)"/)[1].replace(/&amp;/g, '&'));
	assert.match(c.html, /<textarea[^>]*>\s*Не платят зарплату\./);
});

test('the interface for programs gives the trace', async () => {
	const r = await (await fetch(server.base + '/api/v1/situations/money?below_line=yes&will_work=no', { headers: { 'accept-language': 'en' } })).json();
	const aid = r.data.find((s) => s.code === 'targeted-aid');
	assert.equal(aid.verdict, 'not');
	assert.deepEqual(aid.conditions.map((x) => [x.question, x.met]), [['below_line', 'yes'], ['will_work', 'no'], ['no_loans', 'unknown']]);
	assert.equal((await fetch(server.base + '/api/v1/situations/none')).status, 404);
});

test('hostile answers are no answers', async () => {
	for (const q of ['jobless', 'jobless=', 'jobless=%ff', '=yes', '&&&&', 'jobless=yes'.repeat(300), 'x=<script>alert(1)</script>']) {
		const r = await fetch(`${server.base}/situations/work?${q}`);
		assert.ok([200, 400, 414, 431].includes(r.status), `${q.slice(0, 30)}: ${r.status}`);
		assert.ok(!(await r.text()).includes('<script>alert'));
	}
});

test('broken rule files are named by file and line and the pack is refused', () => {
	const broken = [
		['help/cases.csv', (s) => s.replace(',may\n', ',not\n'), /help\/cases\.csv:\d+: the rules of job-loss-payment say "may" here, the case expects "not"/],
		['help/conditions.csv', (s) => s.replace('insured,yes', 'insured,perhaps'), /help\/conditions\.csv:\d+: situation and question must be known, needs is yes or no/],
		['help/situations.csv', (s) => s.replace('{MRP 38}', '{MPR 38}'), /help\/situations\.csv:\d+: a figure in braces is no known parameter/],
		['help/parameters.csv', (s) => s.replace('4325', '0'), /help\/parameters\.csv:\d+: the value of MRP must be above 0/],
		['help/questions.csv', (s) => s.replace('insured,work', 'insured,wrok'), /help\/questions\.csv:\d+: there is no group wrok/],
		['findings.csv', (s) => s.replace('hollow,yes', 'holow,yes'), /findings\.csv:\d+: the program knows no finding holow/],
		['cues.csv', (s) => s.replace('ru,hollow,направлен*', 'ru,hollow,Направлен*'), /cues\.csv:\d+: the pattern must be in lower case/],
		['answer_templates.csv', (s) => s.replaceAll(/\[([^\]]*)\]/g, '$1'), /answer_templates\.csv:\d+: a template without a place to fill/],
		['officialese.csv', (s) => s.replace('ru,в целях,', 'rv,в целях,'), /officialese\.csv:\d+: lang must be kk, ru or en/],
	];
	for (const [file, change, expected] of broken) {
		const dir = mkdtempSync(path.join(tmpdir(), 'jauap-pack-'));
		cpSync(path.join(root, 'country/kz'), dir, { recursive: true });
		const before = readFileSync(path.join(dir, file), 'utf8'), after = change(before);
		assert.notEqual(before, after, file);
		writeFileSync(path.join(dir, file), after);
		const r = spawnSync(path.join(root, 'build/jauap'), ['check', dir], { encoding: 'utf8' });
		assert.notEqual(r.status, 0, `${file} was taken`);
		assert.match(r.stdout + r.stderr, expected);
		rmSync(dir, { recursive: true });
	}
	execFileSync(path.join(root, 'build/jauap'), ['check', path.join(root, 'country/kz')]);
});
