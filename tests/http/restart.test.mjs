// A restart refuses nobody: whoever holds the listening socket (systemd, here a shell that waits) lets connections wait until the next process is there.
import test from 'node:test';
import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../lib/server.mjs';

const program = process.env.JAUAP ?? path.join(root, 'build/jauap');

// A process that holds the socket and becomes the server when it is told to.
function waiting(dir, fd) {
	const child = spawn('sh', ['-c', 'read go && LISTEN_FDS=1 LISTEN_PID=$$ exec "$@"', 'sh', program, 'serve', '--data', dir, '--rate-off', 'yes', '--per-address-max', '0'],
		{ cwd: root, stdio: ['pipe', 'ignore', openSync(path.join(dir, 'log'), 'a'), fd] });
	child.ended = new Promise((r) => child.on('exit', (code, signal) => r({ code, signal })));
	return child;
}

function ask(port, agent, options, body) {
	return new Promise((done, fail) => {
		const r = http.request({ port, host: '127.0.0.1', agent, ...options }, (answer) => { answer.resume(); answer.on('end', () => done(answer.statusCode)); });
		// a connection that was idle may end at any time: RFC 9112 9.3.1 has clients ask again
		r.on('error', (e) => (r.reusedSocket ? ask(port, agent, options, body).then(done, fail) : fail(e)));
		r.end(body);
	});
}

test('nobody is refused while the program is started anew, and what was filed is there', async () => {
	const dir = mkdtempSync(path.join(tmpdir(), 'jauap-test-'));
	writeFileSync(path.join(dir, 'demo'), '');
	const holder = net.createServer();
	await new Promise((r) => holder.listen(0, '127.0.0.1', r));
	const { port } = holder.address(), processes = [0, 1, 2].map(() => waiting(dir, holder._handle.fd));
	holder.close(); // from here on only the processes have it
	try {
		let over = false, serial = 0;
		const answers = new Map(), filed = new Set();
		const file = (n, agent) => ask(port, agent, { path: '/api/v1/appeals', method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': `restart-key-${n}` } },
			JSON.stringify({ kind: 'message', text: `На улице нет света, запись ${n}.`, topic: 'lighting', place: 100000000, name: 'Иван Петров', email: 'ivan@example.kz' }));
		const client = async (agent) => {
			while (!over) {
				const n = serial++, status = n % 4 ? await ask(port, agent, { path: n % 2 ? '/' : '/petitions' }) : await file(n, agent);

				answers.set(status, (answers.get(status) ?? 0) + 1);
				if (status === 201) filed.add(n);
			}
		};
		processes[0].stdin.end('\n');
		const keep = new http.Agent({ keepAlive: true }), close = new http.Agent({ keepAlive: false });
		const clients = [keep, keep, keep, close, close, close].map(client);
		for (let i = 0; i + 1 < processes.length; i++) {
			for (const before = filed.size; filed.size < before + 20;) await new Promise((r) => setTimeout(r, 20));
			processes[i].kill('SIGTERM');
			assert.deepEqual(await processes[i].ended, { code: 0, signal: null });
			processes[i + 1].stdin.end('\n');
		}
		for (const before = filed.size; filed.size < before + 20;) await new Promise((r) => setTimeout(r, 20));
		over = true;
		await Promise.all(clients);
		keep.destroy();
		assert.deepEqual([...answers.keys()].sort(), [200, 201], readFileSync(path.join(dir, 'log'), 'utf8').slice(-2000));
		for (const n of [...filed].slice(-5)) assert.equal(await file(n, close), 201); // a repeat still knows what the process before it answered
	} finally {
		for (const p of processes) { p.stdin.end(); p.kill('SIGTERM'); }
		await Promise.all(processes.map((p) => p.ended));
		rmSync(dir, { recursive: true, force: true });
	}
});
