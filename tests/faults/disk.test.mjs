// The disk is full, and the disk breaks: a clear page, nothing lost, nothing said that is not so, and it goes on by itself afterwards.
import test from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync, statfsSync, openSync, writeSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startServer } from '../lib/server.mjs';
import { beforeSending, refusedKindly, untilThanked, thanked, pause } from './fault.mjs';

const sqlite = process.env.JAUAP_ENGINE !== 'postgres';
const rows = (dir, mark) => Number(execFileSync('sqlite3', [path.join(dir, 'jauap.db'), `SELECT COUNT(*) FROM appeal WHERE text LIKE '%${mark}'`]).toString());

// A file system of 110 MB (readiness asks for 64 free) in a file; null where this machine lets nobody mount.
function smallDisk() {
	const dir = mkdtempSync(path.join(tmpdir(), 'jauap-disk-')), mount = path.join(dir, 'mount');
	try {
		execFileSync('sh', ['-c', `truncate -s 110M ${dir}/image && mkfs.ext4 -q -m 0 ${dir}/image && mkdir ${mount} && mount -o loop ${dir}/image ${mount}`], { stdio: ['ignore', 'ignore', 'pipe'] });
		return { mount, end() { execFileSync('umount', ['-l', mount]); rmSync(dir, { recursive: true }); } };
	} catch (e) {
		rmSync(dir, { recursive: true, force: true });
		return { why: `no small disk here: ${String(e.stderr ?? e).trim().split('\n')[0]}` };
	}
}

// Whatever is free goes into a file, down to the last block.
function fill(mount) {
	const fd = openSync(path.join(mount, 'ballast'), 'w');
	for (let size = 1 << 20; size >= 1024; size >>= 1)
		try { for (;;) writeSync(fd, Buffer.alloc(size)); } catch (e) { if (e.code !== 'ENOSPC') throw e; }
	closeSync(fd);
}

test('a full disk: whoever writes is told so in their language, whoever reads notices nothing', { skip: !sqlite && 'the disk is PostgreSQL\'s' }, async (t) => {
	const disk = smallDisk();
	if (disk.why) return t.skip(disk.why);
	const data = path.join(disk.mount, 'data');
	execFileSync('mkdir', [data]);
	writeFileSync(path.join(data, 'demo'), '');
	let server;
	try {
		server = await startServer({ data });
		const people = await Promise.all(['kk', 'ru', 'en'].map((lang, i) => beforeSending(server.base, lang, `full-${i}`)));
		fill(disk.mount);
		// the log of the database may have room for some more
		let full = false;
		for (let i = 0; i < 200 && !full; i++) {
			const r = await fetch(server.base + '/api/v1/appeals', { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': `full-key-${i}` },
				body: JSON.stringify({ kind: 'message', text: `На улице Абая нет света, запись ${'о'.repeat(3000)} ${i}.`, topic: 'lighting', place: 100000000, name: 'Иван Петров', email: 'i@example.kz' }) });
			full = r.status === 503;
			assert.ok(full || r.status === 201, await r.text());
		}
		assert.ok(full, 'the disk is full');
		for (const [i, lang] of ['kk', 'ru', 'en'].entries()) {
			const { c } = people[i];
			await people[i].post();
			refusedKindly(c, lang, `Айгүл full-${i}`);
			assert.equal(rows(data, `full-${i}`), 0, 'nothing half done');
		}
		assert.equal((await fetch(server.base + '/')).status, 200);
		assert.equal((await fetch(server.base + '/appeals')).status, 200);
		assert.equal((await fetch(server.base + '/readyz')).status, 503, 'the watch is told');
		rmSync(path.join(disk.mount, 'ballast'));
		for (const [i, { c }] of people.entries()) {
			await untilThanked(c);
			assert.equal(rows(data, `full-${i}`), 1);
		}
		assert.equal((await fetch(server.base + '/readyz')).status, 200);
		assert.equal(execFileSync('sqlite3', [path.join(data, 'jauap.db'), 'PRAGMA integrity_check']).toString().trim(), 'ok');
		assert.ok(statfsSync(disk.mount).bavail > 0);
	} finally {
		await server?.stop();
		disk.end();
	}
});

// fsync of the server fails as long as strace is there.
async function breakDisk(pid) {
	const s = spawn('strace', ['-f', '-q', '-e', 'trace=fsync,fdatasync', '-e', 'inject=fsync,fdatasync:error=EIO', '-p', String(pid)], { stdio: ['ignore', 'ignore', 'pipe'] });
	let said = '';
	s.stderr.on('data', (d) => { said += d; });
	const ended = new Promise((r) => { s.on('exit', r); s.on('error', r); });
	for (let i = 0; i < 40 && s.exitCode === null; i++) {
		if (/TracerPid:\s*[1-9]/.test(execFileSync('cat', [`/proc/${pid}/status`]).toString())) return { end: () => { s.kill('SIGINT'); return ended; } };
		await pause(50);
	}
	s.kill();
	return { why: `strace does not get hold of the server: ${said.trim().split('\n')[0] || 'is it installed?'}` };
}

test('a disk that fails to sync: no false thank-you, and what was acknowledged before is there', { skip: !sqlite && 'the disk is PostgreSQL\'s' }, async (t) => {
	const server = await startServer();
	try {
		const before = await beforeSending(server.base, 'ru', 'synced-0'), people = await Promise.all(['kk', 'ru'].map((lang, i) => beforeSending(server.base, lang, `eio-${i}`)));
		assert.ok(thanked(await before.post()));
		const broken = await breakDisk(server.pid);
		if (broken.why) return t.skip(broken.why);
		for (const [i, lang] of ['kk', 'ru'].entries()) {
			const c = await people[i].post();
			refusedKindly(c, lang, `Айгүл eio-${i}`);
		}
		assert.equal((await fetch(server.base + '/')).status, 200, 'reading goes on');
		assert.equal((await fetch(server.base + '/readyz')).status, 503, 'the watch is told');
		await broken.end();
		for (const { c } of people) await untilThanked(c);
		assert.equal(rows(server.dir, 'synced-0'), 1);
		for (const i of [0, 1]) assert.equal(rows(server.dir, `eio-${i}`), 1, 'sent twice, taken once');
		assert.equal(execFileSync('sqlite3', [path.join(server.dir, 'jauap.db'), 'PRAGMA integrity_check']).toString().trim(), 'ok');
	} finally {
		await server.stop();
	}
});
