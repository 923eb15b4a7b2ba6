// Petitions at a nation's load: signatures, the open petition's page, its count, live viewers and a peak, each beside its yardstick in the same run.
//	node tests/load/petitions.mjs [ROWS ...] [PART ...]     by script/bench petitions
// ROWS: signatures that are there before, 0 1000000 10000000 when not said. PART: signatures, views, viewers, peak; all when not said.
// One machine does everything: server, load tool, yardstick. Medians of 5 runs; the table ends with what was aimed at.
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, readFileSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../lib/server.mjs';
import { program, rounds, median, verdict, freePort, nginx, resident, ends, endAll } from './load.mjs';

const asked = process.argv.slice(2), numbers = asked.filter((x) => /^\d+$/.test(x)).map(Number), parts = asked.filter((x) => !/^\d+$/.test(x));
const sizes = numbers.length ? numbers : [0, 1000000, 10000000];
const wanted = (part) => !parts.length || parts.includes(part);
const seconds = 3, people = 600000, petition = '/petitions/1000';
const dir = mkdtempSync(path.join(tmpdir(), 'jauap-bench-'));
const started = new Set(), table = [];
ends(() => rmSync(dir, { recursive: true, force: true }));
ends(() => { for (const child of started) child.kill('SIGKILL'); });

const at = (file) => path.join(dir, file);
const bench = (...args) => execFileSync(path.join(root, 'build/src/petition_bench'), [...args.map(String), '--country', path.join(root, 'country/kz')], { cwd: root }).toString();
const pause = (ms) => new Promise((r) => setTimeout(r, ms));
const figures = (line) => Object.fromEntries(line.trim().split(' ').map((x) => x.split('=')).map(([k, v]) => [k, Number(v)]));
const n = (x, digits = 0) => x.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

function say(what, figure, aim, right) {
	table.push([what, figure, aim ?? '', right === undefined ? '' : verdict(right)]);
	console.error(`${what}: ${figure}`);
}

function run(program, args, { core, log } = {}) {
	const child = core === undefined ? spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', log ?? 'inherit'] })
		: spawn('taskset', ['-c', String(core), program, ...args], { cwd: root, stdio: ['ignore', 'pipe', log ?? 'inherit'] });
	started.add(child);
	child.text = '';
	child.stdout.on('data', (d) => { child.text += d; });
	child.ended = new Promise((r) => child.on('exit', () => { started.delete(child); r(child.text); }));
	return child;
}
const load = (port, args, core) => run(path.join(root, 'build/src/load'), [String(port), ...args.map(String)], { core });
const loaded = async (...args) => figures(await load(...args).ended);

async function serve(data, settings = [], core) {
	const port = await freePort();
	const child = run(program, ['serve', '--data', data, '--listen', `127.0.0.1:${port}`, '--rate-off', 'yes', '--per-address-max', '0', '--access-log', 'none', ...settings],
		{ core, log: openSync(at('log'), 'a') });
	const base = `http://127.0.0.1:${port}`;
	while (!(await fetch(base + '/readyz').then((r) => r.ok, () => false))) {
		if (!started.has(child)) throw new Error('the server did not start\n' + readFileSync(at('log'), 'utf8'));
		await pause(50);
	}
	return { port, base, data, pid: child.pid, stop: () => { child.kill('SIGTERM'); return child.ended; } };
}
async function metrics(server) {
	const text = await (await fetch(server.base + '/metrics')).text();
	return (name) => Number(text.match(new RegExp(`^${name} (\\S+)$`, 'm'))[1]);
}
const cpuUs = (pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13).reduce((s, x) => s + Number(x), 0) * 10000;
const shownCount = async (server) => JSON.parse(await (await fetch(server.base + petition + '/count.json')).text()).signature_count;

// What the page shows must become what the rows say; then every number is compared.
async function exact(server) {
	let text = '';
	for (let i = 0; i < 50; i++) {
		await pause(200);
		try { return { right: true, text: bench('counts', '--data', server.data).trim() }; } catch (e) { text = e.stdout.toString().trim(); }
	}
	return { right: false, text };
}

// ---- (a) signatures ----
async function signatures(rows) {
	const data = at(`data${rows}`), list = at(`list${rows}`);
	bench('fill', people, rows, list, '--data', data);
	const got = [], bare = [];
	let from = 0, failed = 0, counts;
	for (let i = 0; i < rounds; i++) {
		const server = await serve(data);
		const before = await metrics(server), cpu = cpuUs(server.pid);
		const r = await loaded(server.port, ['--list', list, '--from', from, '--connections', 256, '--seconds', seconds, '--expect', 'done_signed']);
		const after = await metrics(server), commits = after('jauap_db_commits_total') - before('jauap_db_commits_total');
		r.group = Math.round(r.ok / commits);
		r.cpu = (cpuUs(server.pid) - cpu) / r.ok;
		got.push(r);
		from = r.next;
		if (r.failed) console.error(JSON.stringify(r));
		failed += r.failed;
		counts = await exact(server);
		await server.stop();
		bare.push(figures(bench('bare', seconds, r.group, '--data', data)).per_sec);
	}
	const rate = median(got.map((r) => r.per_sec)), p99 = median(got.map((r) => r.p99_ms)), loop = median(bare), ratio = median(got.map((r, i) => r.per_sec / bare[i]));
	say(`signatures a second, ${n(rows)} rows`, n(rate), '>= 15,000', rate >= 15000);
	say('    beside the bare loop', `${ratio.toFixed(2)} of ${n(loop)} (groups of ${median(got.map((r) => r.group))})`, '>= 0.80', ratio >= 0.8);
	say('    99 of 100 answered in', `${n(p99, 1)} ms`, '< 100 ms', p99 < 100);
	say('    processor time of the server, each', `${n(median(got.map((r) => r.cpu)), 1)} us`);
	say('    failed; counts equal rows', `${failed}; ${counts.text}`, '0; yes', failed === 0 && counts.right);
	rmSync(data, { recursive: true });
	rmSync(list);
	return rate;
}

// ---- (b), (c) the page and the count, while signatures pour in ----
async function views(data, list) {
	const server = await serve(data, ['--io-threads', '1'], 0), files = await nginx();
	let from = 0;
	const rate = async (port, where) => {
		const signing = load(server.port, ['--list', list, '--from', from, '--connections', 32, '--seconds', 2, '--rate', 1000, '--expect', 'done_signed'], 1);
		const r = await loaded(port, ['--get', where, '--connections', 64, '--seconds', 2], 1), s = figures(await signing.ended);
		from = s.next;
		if (s.failed || r.failed) throw new Error(`${where}: ${JSON.stringify([s, r])}`);
		return r.per_sec;
	};
	for (const [what, where, least] of [['the page', petition, 30000], ['its count.json', petition + '/count.json', undefined]]) {
		const ours = [], theirs = [];
		const saved = new URL(await files.save(Buffer.from(await (await fetch(server.base + where, { headers: { 'accept-encoding': 'identity' } })).arrayBuffer())));
		for (let i = 0; i < rounds; i++) { ours.push(await rate(server.port, where)); theirs.push(await rate(saved.port, saved.pathname)); }
		const ratio = median(ours.map((x, i) => x / theirs[i]));
		say(`${what} a second, one core`, n(median(ours)), least && `>= ${n(least)}`, least && median(ours) >= least);
		say('    beside nginx and the same bytes as a file', `${ratio.toFixed(2)} of ${n(median(theirs))}`, '>= 0.80', ratio >= 0.8);
	}
	await lag(server, list, from);
	await server.stop();
}

// How far what guests see is behind: at an even rate the count tells the time of the signature that it ends with.
async function lag(server, list, from) {
	const rate = 1000, before = await shownCount(server);
	let worst = 0;
	const signing = load(server.port, ['--list', list, '--from', from, '--connections', 64, '--seconds', 8, '--rate', rate]), start = performance.now();
	while (performance.now() - start < 7000) {
		const asked = performance.now() - start, count = await shownCount(server) - before;
		if (asked > 2000) worst = Math.max(worst, asked - count / rate * 1000);
		await pause(37);
	}
	await signing.ended;
	say('the count that guests see is behind by, at most', `${n(worst)} ms`, '<= 1,000 ms', worst <= 1000);
}

// ---- (d) live viewers, idle connections ----
async function viewers(data, list) {
	const server = await serve(data), many = 10000, before = resident(server.pid);
	const idle = load(server.port, ['--get', '/healthz', '--connections', 5000, '--seconds', 4, '--rate', 10]);
	await pause(3000);
	const with5000 = resident(server.pid);
	await idle.ended;
	await pause(500);
	const resting = resident(server.pid);
	const watching = load(server.port, ['--streams', petition + '/live', '--connections', many, '--seconds', 12]);
	for (let i = 0; i < 50 && (await metrics(server))('jauap_http_event_streams') < many; i++) await pause(100);
	const signing = loaded(server.port, ['--list', list, '--from', 200000, '--connections', 16, '--seconds', 5, '--rate', 200, '--expect', 'done_signed']);
	await pause(4000);
	const each = (resident(server.pid) - resting) * 1024 / many, there = (await metrics(server))('jauap_http_event_streams');
	const s = await signing, w = figures(await watching.ended);
	say('live viewers; memory of the server, each', `${n(there)}; ${n(each, 1)} KB`, '10,000; < 20 KB', there === many && each < 20);
	say('    events that reached them; 99 of 100 signatures meanwhile', `${n(w.events)}; ${n(s.p99_ms, 1)} ms`, '', undefined);
	say('resident at 5,000 idle connections', `${n(with5000)} MB (${n(before)} MB without)`, '< 100 MB', with5000 < 100);
	await server.stop();
}

// ---- (e) a peak ----
async function peak(data, list) {
	const server = await serve(data), ramp = 60, all = 70;
	const signing = loaded(server.port, ['--list', list, '--from', 250000, '--connections', 256, '--seconds', all, '--rate', 5000, '--ramp', ramp, '--expect', 'done_signed']);
	const viewing = loaded(server.port, ['--get', petition, '--connections', 256, '--seconds', all, '--rate', 20000, '--ramp', ramp]);
	const s = await signing, v = await viewing, counts = await exact(server);
	const due = (rate) => rate * ramp / 2 + rate * (all - ramp);
	say('peak: 60 s up to 5,000 signatures and 20,000 pages a second', `${n(s.ok)} and ${n(v.ok)} answered`, `${n(due(5000))} and ${n(due(20000))}`, s.ok >= due(5000) - 2 && v.ok >= due(20000) - 2);
	say('    99 of 100 signatures, pages in', `${n(s.p99_ms, 1)} ms, ${n(v.p99_ms, 1)} ms`, '< 200 ms', s.p99_ms < 200 && v.p99_ms < 200);
	say('    failed; counts equal rows', `${s.failed + v.failed}; ${counts.text}`, '0; yes', s.failed + v.failed === 0 && counts.right);
	await server.stop();
}

try {
	const rates = [];
	for (const rows of wanted('signatures') ? sizes : []) rates.push(await signatures(rows));
	if (rates.length > 1) say('slowest size beside the fastest', (Math.max(...rates) / Math.min(...rates)).toFixed(2), '<= 1.20', Math.max(...rates) <= 1.2 * Math.min(...rates));
	const data = at('data'), list = at('list');
	if (['views', 'viewers', 'peak'].some(wanted)) bench('fill', 500000, 100000, list, '--data', data);
	if (wanted('views')) await views(data, list);
	if (wanted('viewers')) await viewers(data, list);
	if (wanted('peak')) await peak(data, list);
} finally {
	const wide = [0, 1, 2].map((c) => Math.max(...table.map((r) => r[c].length)));
	console.log(`\n${'what'.padEnd(wide[0])}  ${'measured'.padEnd(wide[1])}  ${'aim'.padEnd(wide[2])}  met`);
	for (const r of table) console.log(`${r[0].padEnd(wide[0])}  ${r[1].padEnd(wide[1])}  ${r[2].padEnd(wide[2])}  ${r[3]}`);
	await endAll();
}
