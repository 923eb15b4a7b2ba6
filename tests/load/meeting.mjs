// meeting [VIEWERS [MINUTES]]: a meeting that so many people watch by server-sent events while 200 questions a minute are asked and let through: memory a viewer,
// how long until the last viewer has an event, and whether anything failed. Server on core 0, everybody else on core 1.
import net from 'node:net';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, signIn } from '../lib/server.mjs';
import { program, serve, count, verdict, median, ends, endAll } from './load.mjs';

const viewers = Number(process.argv[2] ?? 5000), minutes = Number(process.argv[3] ?? 1), asks = Math.round(200 * minutes), every = 300;

// One viewer: the number of questions it has last heard of.
function watch(port, where) {
	return new Promise((done, fail) => {
		const socket = net.connect(port, '127.0.0.1', () => socket.write(`GET ${where} HTTP/1.1\r\nHost: bench\r\nAccept: text/event-stream\r\n\r\n`));
		const viewer = { socket, asked: 0 };
		let first = true;
		socket.on('data', (d) => {
			if (first) { first = false; done(viewer); }
			const at = d.indexOf('"asked":"');
			if (at >= 0) viewer.asked = parseInt(d.toString('latin1', at + 9, at + 16), 10);
		});
		socket.on('error', fail);
		socket.on('close', () => { if (first) fail(new Error('closed before an answer')); else viewer.gone = true; });
	});
}

const dir = mkdtempSync(path.join(tmpdir(), 'jauap-bench-'));
ends(() => rmSync(dir, { recursive: true, force: true }));
try {
	execFileSync(program, ['demo', '--data', dir, '--appeals', '20']);
	const server = await serve(dir, ['--idle', '600']), staff = await signIn(server.base, 'all.r10_akimat@demo.kz');
	const id = (await new Client(server.base).get('/meetings')).html.match(/\/meetings\/(\d+)/)[1];
	const alone = server.resident();
	const all = [];
	for (let i = 0; i < viewers; i += 100) all.push(...await Promise.all(Array.from({ length: Math.min(100, viewers - i) }, () => watch(server.port, `/meetings/${id}/stream`))));
	const live = server.resident();
	console.log(`${count(viewers)} viewers of a meeting: ${live.toFixed(0)} MB resident (${alone.toFixed(0)} without), ${((live - alone) * 1024 / viewers).toFixed(1)} KB each`);

	// how long until all have it, looked at every 5 ms
	async function everybody(n, since) {
		while (all.some((v) => v.asked < n && !v.gone)) { await new Promise((go) => setTimeout(go, 5)); if (performance.now() - since > 30000) return Infinity; }
		return performance.now() - since;
	}
	let failed = 0, taken = 0;
	const waits = [];
	async function ask(i) {
		const c = new Client(server.base), where = `/meetings/${id}/questions`;
		await c.get(where);
		if (i % 10 === 0) waits.push(everybody(i + begun, performance.now()));
		await c.post(where, { text: `Когда отремонтируют дорогу номер ${i} до нашего аула?`, topic: '', name: '', email: '', phone: '' }, where);
		if (c.status === 200) taken++; else failed++;
	}
	async function letThrough() { // the moderator works through the queue meanwhile
		const where = `/desk/meetings/${id}/let`;
		await staff.get(`/desk/meetings/${id}/queue`);
		const question = staff.html.match(/action="[^"]*\/let"[^>]*>(?:<input type="hidden"[^>]*>)*<input type="hidden" name="question" value="(\d+)"><input type="hidden" name="to" value="queued">/);
		if (!question) return;
		await staff.post(where, { question: question[1], to: 'queued' }, where);
		if (staff.status !== 200) failed++;
	}
	const begun = Number((await new Client(server.base).get(`/meetings/${id}?1`)).html.match(/data-key="asked">([\d\s]+)</)[1]), at = performance.now(), running = [];
	let moderating = Promise.resolve();
	for (let i = 1; i <= asks; i++) {
		const next = at + i * every;
		await new Promise((go) => setTimeout(go, Math.max(0, next - performance.now())));
		running.push(ask(i).catch(() => { failed++; }));
		if (i % 4 === 0) moderating = moderating.then(letThrough);
	}
	await Promise.all(running);
	await moderating;
	const took = (performance.now() - at) / 1000, times = await Promise.all(waits), gone = all.filter((v) => v.gone).length;
	const stands = Number((await new Client(server.base).get(`/meetings/${id}?2`)).html.match(/data-key="asked">([\d\s]+)</)[1].replace(/\s/g, ''));
	console.log(`${taken} questions in ${took.toFixed(0)} s (${Math.round(taken * 60 / took)} a minute), ${stands - begun} of them stand; ${failed} errors, ${gone} viewers lost: `
		+ verdict(failed === 0 && gone === 0 && taken === asks && stands - begun === asks));
	console.log(`until the last viewer had it: ${Math.round(median(times))} ms (median of ${times.length}), ${Math.round(Math.max(...times))} ms at worst, from the moment it was sent; aim under 2 s: ${verdict(Math.max(...times) < 2000)}`);
	for (const v of all) v.socket.destroy();
} finally {
	await endAll();
}
