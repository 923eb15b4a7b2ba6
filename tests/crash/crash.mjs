// kill -9 at random under load, with a ledger of what was acknowledged: nothing lost, nothing doubled.
//	node tests/crash/crash.mjs [KILLS]          (20 when not said; script/bench crash runs 1,000)
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { startServer } from '../lib/server.mjs';

const kills = Number(process.argv[2] ?? 20), clients = 16;
const dir = mkdtempSync(path.join(tmpdir(), 'jauap-crash-'));
const ledger = new Map(); // Idempotency-Key -> number
const sent = new Map();   // keys whose answer never came: sent again after the restart
let serial = 0, server = await startServer({ data: dir });

const body = (key) => JSON.stringify({ kind: 'message', text: `Проверка на отказ: на улице нет света, запись ${key}.`, topic: 'lighting', place: 100000000, name: 'Иван Петров', email: 'ivan@example.kz' });

async function post(key) {
	const r = await fetch(server.base + '/api/v1/appeals', { method: 'POST', body: body(key), headers: { 'content-type': 'application/json', 'idempotency-key': key } });
	const text = await r.text();
	if (r.status !== 201) throw new Error(`${r.status} ${text}`);
	const { number } = JSON.parse(text);
	if (ledger.has(key) && ledger.get(key) !== number) throw new Error(`LOST OR DOUBLED: ${key} was ${ledger.get(key)}, is ${number}`);
	ledger.set(key, number);
}

async function client(stop) {
	while (!stop.now) {
		const key = `crash-key-${serial++}`;
		sent.set(key, true);
		try { await post(key); } catch (e) { if (/LOST/.test(e.message)) throw e; break; }
	}
}

let worst = 0;
for (let i = 0; i < kills; i++) {
	const stop = { now: false };
	const running = Array.from({ length: clients }, () => client(stop));
	await new Promise((r) => setTimeout(r, 20 + Math.random() * 120));
	const dying = server.kill();
	stop.now = true;
	await dying;
	await Promise.allSettled(running).then((all) => { for (const one of all) if (one.status === 'rejected' && /LOST/.test(one.reason.message)) throw one.reason; });
	const began = performance.now();
	server = await startServer({ data: dir });
	worst = Math.max(worst, performance.now() - began);
	// a nervous finger: everything that got no answer, and a few that did, once more
	for (const key of [...sent.keys()].filter((k) => !ledger.has(k)).slice(-40)) await post(key);
	for (const key of [...ledger.keys()].slice(-5)) await post(key);
}
await server.stop();

const count = (sql) => execFileSync('sqlite3', [path.join(dir, 'jauap.db'), sql]).toString().trim();
const stored = new Set(count('SELECT number FROM appeal').split('\n'));
const lost = [...ledger.values()].filter((n) => !stored.has(n)).length;
const doubled = Number(count("SELECT COUNT(*) - COUNT(DISTINCT text) FROM appeal"));
const orphans = Number(count('SELECT COUNT(*) FROM appeal a WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.appeal_id = a.id)'));
const integrity = count('PRAGMA integrity_check');
console.log(`${kills} kills, ${ledger.size} acknowledged, ${lost} lost, ${doubled} doubled, ${orphans} without a trail, integrity ${integrity}, slowest restart ${Math.round(worst)} ms`);
rmSync(dir, { recursive: true, force: true });
process.exit(lost || doubled || orphans || integrity !== 'ok' ? 1 : 0);
