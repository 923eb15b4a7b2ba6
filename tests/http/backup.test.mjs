// A backup taken while people write; the copy serves and holds what was acknowledged before it began.
import test from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startServer, root } from '../lib/server.mjs';

const program = process.env.JAUAP ?? path.join(root, 'build/jauap');

test('a backup under load restores to a serving copy', { skip: process.env.JAUAP_ENGINE === 'postgres' && 'PostgreSQL has pg_basebackup' }, async () => {
	const server = await startServer({});
	const dir = mkdtempSync(path.join(tmpdir(), 'jauap-backup-'));
	const file = () => fetch(server.base + '/api/v1/appeals', { method: 'POST', body: JSON.stringify({ kind: 'message', text: 'В Семее на улице Абая нет света вторую неделю.',
		topic: 'lighting', place: 100000000, name: 'Иван Петров', email: 'ivan@example.kz' }) }).then((r) => r.json());
	const before = [];
	for (let i = 0; i < 30; i++) before.push(await file());
	const load = Promise.all(Array.from({ length: 60 }, file));
	execFileSync(program, ['backup', path.join(dir, 'copy'), '--data', server.dir]);
	await load;
	const data = mkdtempSync(path.join(tmpdir(), 'jauap-mode-'));
	execFileSync(program, ['migrate', '--data', data]);
	for (const [where, name] of [path.join(dir, 'copy'), data].flatMap((d) => readdirSync(d).map((f) => [d, f])))
		assert.equal(statSync(path.join(where, name)).mode & 0o077, 0, `${name} is for nobody else on the machine`);
	rmSync(data, { recursive: true });
	await server.stop();
	execFileSync(program, ['restore', path.join(dir, 'copy'), '--data', path.join(dir, 'data')]);
	assert.notEqual(spawnSync(program, ['restore', path.join(dir, 'copy'), '--data', path.join(dir, 'data')]).status, 0, 'never over a database');
	const copy = await startServer({ data: path.join(dir, 'data') });
	for (const { number, secret } of before) assert.equal((await fetch(`${copy.base}/receipt/${number}/${secret}`)).status, 200);
	await copy.stop();
	const damaged = readFileSync(path.join(dir, 'copy/jauap.db'));
	damaged.fill(7, 5000, 60000);
	writeFileSync(path.join(dir, 'copy/jauap.db'), damaged);
	assert.notEqual(spawnSync(program, ['restore', path.join(dir, 'copy'), '--data', path.join(dir, 'other')]).status, 0, 'a damaged backup is refused');
	rmSync(dir, { recursive: true, force: true });
});
