// live [VIEWERS]: memory of the server with so many idle connections, then with so many who watch /now by server-sent events, and how long it takes until
// the last of them has seen a new appeal. Server on core 0, viewers on core 1.
import net from 'node:net';
import { dataOf, serve, count, verdict, endAll } from './load.mjs';

const viewers = Number(process.argv[2] ?? 5000);

function open(port, request, seen) {
	return new Promise((done, fail) => {
		const socket = net.connect(port, '127.0.0.1', () => socket.write(request));
		let first = true;
		socket.on('data', (d) => { if (first) { first = false; done(socket); } seen?.(d); });
		socket.on('error', fail);
		socket.on('close', () => { if (first) fail(new Error('closed before an answer')); });
	});
}

async function many(n, make) {
	const all = [];
	for (let i = 0; i < n; i += 100) all.push(...await Promise.all(Array.from({ length: Math.min(100, n - i) }, make)));
	return all;
}

// The very first start makes the index of the country pack; its memory of rows stays for that run.
async function fresh() {
	await endAll();
	const dir = dataOf(0);
	await (await serve(dir)).stop();
	return serve(dir, ['--idle', '600']);
}

try {
	let server = await fresh();
	const alone = server.resident();
	let sockets = await many(viewers, () => open(server.port, 'GET /healthz HTTP/1.1\r\nHost: bench\r\n\r\n'));
	const idle = server.resident();
	console.log(`${count(viewers)} idle connections: ${idle.toFixed(0)} MB resident (${alone.toFixed(0)} without), aim under 100: ${verdict(idle < 100)}`);
	for (const s of sockets) s.destroy();

	server = await fresh();
	let told = 0, last = 0;
	const watch = (d) => { if (d.includes('numbers')) { told++; last = performance.now(); } };
	sockets = await many(viewers, () => open(server.port, 'GET /now/live HTTP/1.1\r\nHost: bench\r\nAccept: text/event-stream\r\n\r\n', watch));
	const live = server.resident();
	told = 0;
	const r = await fetch(server.base + '/api/v1/appeals', { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': 'bench-live-1' }, body: JSON.stringify({
		kind: 'message', text: 'На улице Абая третий день нет света, ночью темно и страшно ходить.', topic: 'lighting', place: 100000000, name: 'Иван Петров', email: 'ivan@example.kz' }) });
	if (r.status !== 201) throw new Error(`the appeal was not taken: ${r.status} ${await r.text()}`);
	let first = 0;
	const filed = performance.now();
	for (let i = 0; i < 400 && told < viewers; i++) { await new Promise((go) => setTimeout(go, 25)); if (!first && told) first = performance.now(); }
	console.log(`${count(viewers)} viewers of /now: ${live.toFixed(0)} MB resident, ${((live - alone) * 1024 / viewers).toFixed(1)} KB each; a new appeal reached ${told} of them, `
		+ `the last ${Math.round(last - first)} ms behind the first, ${((last - filed) / 1000).toFixed(1)} s behind the filing (counts follow 2 s behind)`);
	for (const s of sockets) s.destroy();
} finally {
	await endAll();
}
