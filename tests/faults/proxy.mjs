// A proxy before PostgreSQL that cuts a connection at the n-th thing the client asks for: before it arrives ('question') or behind it, when it was carried
// out and only the reply is lost ('reply'). Counted on the connection that first names `mark`, from there on: others (jobs) go on in between.
import net from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// Questions are the simple query (Q) and the end of an extended one (S): a reply belongs to each.
export async function startProxy(address) {
	const at = new URL(address.replace('postgresql:///', 'http://x/')), socket = path.join(at.searchParams.get('host'), `.s.PGSQL.${at.searchParams.get('port')}`);
	const dir = mkdtempSync(path.join(tmpdir(), 'jauap-proxy-')), open = new Set();
	let armed = null;
	const server = net.createServer((client) => {
		const upstream = net.connect(socket);
		let rest = Buffer.alloc(0), started = false, mute = false;
		const end = () => { client.destroy(); upstream.destroy(); open.delete(end); };
		open.add(end);
		// true: cut before this question
		const asked = (message) => {
			if (!armed) return false;
			if (!armed.on && message.includes(armed.mark)) armed.on = client;
			if (armed.on !== client || !['Q', 'S'].includes(String.fromCharCode(message[0]))) return false;
			armed.seen.push(message.subarray(5, 60).toString('latin1').split('\0')[0]);
			if (--armed.left > 0) return false;
			const how = armed.how;
			armed.done(armed.seen);
			armed = null;
			if (how === 'question') return true;
			mute = true; // carried out; nobody hears of it
			upstream.once('data', () => setTimeout(end, 20));
			return false;
		};
		client.on('data', (data) => {
			rest = Buffer.concat([rest, data]);
			for (;;) {
				const head = started ? 1 : 0; // the first message has no letter
				if (rest.length < head + 4) return;
				const n = head + rest.readUInt32BE(head);
				if (rest.length < n) return;
				const message = rest.subarray(0, n);
				if (started && asked(message)) return end();
				// an encryption request is answered with one letter and the start comes anew
				started = started || message.readUInt32BE(head + 4) !== 80877103;
				upstream.write(message);
				rest = rest.subarray(n);
			}
		});
		upstream.on('data', (data) => { if (!mute) client.write(data); });
		for (const s of [client, upstream]) { s.on('error', end); s.on('close', end); }
	});
	await new Promise((r) => server.listen(path.join(dir, '.s.PGSQL.5432'), r));
	return {
		address: address.replace(/host=[^&]*/, `host=${dir}`).replace(/port=[^&]*/, 'port=5432'),
		// Resolves with what was asked up to the cut; never when so many are not asked.
		cut(n, how, mark) { return new Promise((done) => { armed = { left: n, how, mark, done, seen: [] }; }); },
		disarm() { armed = null; },
		stop() { for (const end of open) end(); server.close(); rmSync(dir, { recursive: true, force: true }); },
	};
}
