// PostgreSQL goes away: between a COMMIT and its reply, at every other question of a write, and as a whole. Nothing is said that is not so, what was
// sent twice happens once, and the server finds back by itself.
import test from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startServer, root } from '../lib/server.mjs';
import { startProxy } from './proxy.mjs';
import { beforeSending, refusedKindly, untilThanked, thanked, pause } from './fault.mjs';

const address = process.env.JAUAP_TEST_PG, skip = !address && 'JAUAP_TEST_PG is not set';
const sql = (where, text) => execFileSync('psql', ['-At', '-d', where, '-c', text]).toString().trim();
let serial = 0;

function database() {
	const name = `fault_${process.pid}_${serial++}`;
	sql(address, `CREATE DATABASE ${name}`);
	return address.replace('postgresql:///jauap', `postgresql:///${name}`);
}

const post = (base, key) => fetch(base + '/api/v1/appeals', { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': key, 'accept-language': 'ru' },
	body: JSON.stringify({ kind: 'message', text: `На улице Абая нет света, запись ${key}.`, topic: 'lighting', place: 100000000, name: 'Иван Петров', email: 'i@example.kz' }) });

async function served(where, run) {
	const dir = mkdtempSync(path.join(tmpdir(), 'jauap-fault-'));
	writeFileSync(path.join(dir, 'demo'), '');
	const server = await startServer({ data: dir, settings: ['--database', where, '--db-writers', '1', '--db-readers', '2'] });
	try { await run(server); } finally { await server.stop(); rmSync(dir, { recursive: true, force: true }); }
}

for (const how of ['question', 'reply'])
	test(`a connection cut at the n-th ${how} of a filing, for every n`, { skip }, async () => {
		const where = database(), proxy = await startProxy(where);
		try {
			await served(proxy.address, async (server) => {
				let refused = 0, n = 1, cuts = 0, lost = 0;
				assert.equal((await post(server.base, 'before-all-1')).status, 201);
				for (let whole = false; !whole && n < 400; n++) {
					const key = `cut-${how}-${n}`, cut = proxy.cut(n, how, key);
					let seen = null;
					cut.then((s) => { seen = s; });
					const r = await post(server.base, key);
					await r.arrayBuffer();
					assert.ok(r.status === 201 || r.status === 503, `${how} ${n}: ${r.status}`);
					proxy.disarm();
					// the walk ends when a filing passes untouched
					whole = !seen && r.status === 201;
					cuts += seen !== null;
					refused += r.status === 503;
					const stored = () => Number(sql(where, `SELECT COUNT(*) FROM appeal WHERE text LIKE '%запись ${key}.'`));
					if (r.status === 201) assert.equal(stored(), 1, `${how} ${n}: acknowledged and not there`);
					else lost += stored(); // it is there, and nobody could say so
					let again;
					for (let i = 0; i < 40; i++) { again = await post(server.base, key); await again.arrayBuffer(); if (again.status !== 503) break; await pause(100); }
					assert.equal(again.status, 201, `${how} ${n}: not taken afterwards`);
					assert.equal(stored(), 1, `${how} ${n}: sent twice, there ${stored()} times`);
				}
				assert.ok(cuts >= 8 && refused > 5, `${cuts} cuts, ${refused} refusals`);
				assert.ok(n < 400, 'the walk came to its end');
				if (how === 'reply') assert.ok(lost > 0, 'the reply to a COMMIT was among those that were lost');
				else assert.equal(lost, 0);
			});
		} finally { proxy.stop(); }
	});

// A server of its own, since it dies.
function ownPostgres() {
	const dir = mkdtempSync(path.join(tmpdir(), 'jauap-fault-pg-')), where = execFileSync(path.join(root, 'tests/pg/start'), [dir, 'fsync=on']).toString().trim();
	const data = path.join(readFileSync(path.join(dir, 'socket'), 'utf8').trim(), 'data'), version = readdirSync('/usr/lib/postgresql').sort().at(-1);
	const ctl = (...args) => execFileSync(process.getuid() === 0 ? 'runuser' : '/usr/bin/env', [...(process.getuid() === 0 ? ['-u', 'postgres', '--'] : []),
		`/usr/lib/postgresql/${version}/bin/pg_ctl`, '-s', '-D', data, ...args], { stdio: 'ignore' });
	return {
		where,
		kill() { process.kill(Number(readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGQUIT'); },
		start() { ctl('-w', '-t', '30', '-l', path.join(data, '../log'), 'start'); },
		end() { execFileSync(path.join(root, 'tests/pg/stop'), [dir]); rmSync(dir, { recursive: true, force: true }); },
	};
}

test('PostgreSQL dies and comes back: a page that says so, nothing lost, and the server finds back by itself', { skip }, async () => {
	const pg = ownPostgres();
	try {
		await served(pg.where, async (server) => {
			const people = await Promise.all(['kk', 'ru'].map((lang, i) => beforeSending(server.base, lang, `gone-${i}`))), first = await beforeSending(server.base, 'ru', 'there-0');
			assert.ok(thanked(await first.post()));
			pg.kill();
			await pause(300);
			for (const [i, lang] of ['kk', 'ru'].entries()) refusedKindly(await people[i].post(), lang, `Айгүл gone-${i}`);
			const page = await fetch(server.base + '/appeals', { headers: { 'accept-language': 'kk' } });
			assert.equal(page.status, 503);
			assert.match(await page.text(), /<html lang="kk"/);
			assert.equal((await fetch(server.base + '/healthz')).status, 200);
			assert.equal((await fetch(server.base + '/readyz')).status, 503);
			pg.start();
			for (const { c } of people) await untilThanked(c);
			assert.equal((await fetch(server.base + '/appeals')).status, 200);
			assert.equal(sql(pg.where, "SELECT COUNT(*) FROM appeal WHERE text LIKE '%gone-_' OR text LIKE '%there-0'"), '3');
		});
	} finally { pg.end(); }
});
