// Letters to every signer: N signers with an address, a mail server of our own that counts, kill -9 in the middle, and on. Says the rate and whether
// anybody was written twice or not at all. script/bench petition-mail [SIGNERS] [RATE a minute]
import { spawn, execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdtempSync, rmSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root, signIn } from '../lib/server.mjs';
import { json } from '../lib/petition.mjs';

const n = Number(process.argv[2] ?? 20000), rate = Number(process.argv[3] ?? 1000000), program = path.join(root, 'build/jauap');
const dir = mkdtempSync(path.join(process.env.TMPDIR ?? tmpdir(), 'jauap-mail-'));

// A mail server that takes everything at once: to whom, and under which Message-ID.
const seen = new Map();
let taken = 0, others = 0;
const sink = createServer((socket) => {
	let rest = '', data = false, to = '', message = '';
	socket.setNoDelay(true);
	socket.on('error', () => {});
	socket.write('220 sink\r\n');
	socket.on('data', (bytes) => {
		rest += bytes;
		for (let at; (at = rest.indexOf('\r\n')) >= 0;) {
			const line = rest.slice(0, at);
			rest = rest.slice(at + 2);
			if (data) {
				if (line !== '.') { if (/^message-id:/i.test(line)) message = line.slice(11).trim(); continue; }
				data = false;
				if (to.startsWith('voter')) { taken++; seen.set(to, [...(seen.get(to) ?? []), message]); } else others++;
				socket.write('250 ok\r\n');
			} else if (/^data/i.test(line)) { data = true; socket.write('354 go\r\n'); }
			else if (/^rcpt to:/i.test(line)) { to = line.match(/<([^>]*)>/)[1]; socket.write('250 ok\r\n'); }
			else if (/^quit/i.test(line)) socket.end('221 bye\r\n');
			else socket.write('250 ok\r\n');
		}
	});
});
await new Promise((r) => sink.listen(0, '127.0.0.1', r));

function start() {
	const child = spawn(program, ['serve', '--data', dir, '--listen', '127.0.0.1:18399', '--rate-off', 'yes', '--petition-mail-rate', String(rate), '--petition-mail-from', '0', '--petition-mail-to', '24',
		'--mail-url', `smtp://127.0.0.1:${sink.address().port}`, '--mail-from', 'jauap@example.kz'], { cwd: root, stdio: ['ignore', 'ignore', openSync(path.join(dir, 'log'), 'a')] });
	child.gone = new Promise((r) => child.on('exit', r));
	return child;
}
const base = 'http://127.0.0.1:18399', pause = (ms) => new Promise((r) => setTimeout(r, ms));
async function ready() { for (let i = 0; i < 600; i++) { try { if ((await fetch(base + '/readyz')).ok) return; } catch { /* not yet */ } await pause(100); } throw new Error('the server did not start'); }

execFileSync(program, ['demo', '--data', dir, '--appeals', '20'], { cwd: root });
let child = start();
await ready();
const id = (await json(base, '/petitions.json?state=open')).data[0].id;
child.kill('SIGTERM');
await child.gone;
process.stdout.write(`filling ${n} signers ...\n`);
execFileSync('sqlite3', [path.join(dir, 'jauap.db'), `
	PRAGMA synchronous = OFF;
	DELETE FROM job WHERE kind = 'mail.send'; DELETE FROM mail;
	WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < ${n})
	INSERT INTO account (id, kind, email, email_key, lang, identity_key, created_at) SELECT i, 'citizen', 'voter' || i || '@example.kz', 'voter' || i || '@example.kz', CASE WHEN i % 2 THEN 'kk' ELSE 'ru' END, 'bench' || i, 1 FROM k;
	WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < ${n})
	INSERT INTO petition_signature (id, petition_id, identity_key, account_id, first_name, place_id, region_id, how, signed_at) SELECT i, ${id}, 'bench' || i, i, 'Айгүл', 100000000, 100000000, 'web', 1 FROM k;`]);
child = start();
await ready();
const staff = await signIn(base, 'all.mki@demo.kz');
await staff.get(`/desk/petitions/${id}/signatures`);
await staff.post(`/desk/petitions/${id}/mail`, { kind: 'decision', text: 'Шешім қабылданды: көпір 1 қыркүйекте ашылады.' }, `/desk/petitions/${id}/mail`);
const begun = Date.now();
const half = async (many) => { let last = taken, still = 0; while (taken < many) { await pause(200); still = taken === last ? still + 1 : 0; last = taken; if (still > 300) throw new Error(`no letter for a minute at ${taken}`); } };
await half(n / 2);
const first = Date.now() - begun, before = taken;
child.kill('SIGKILL');
await child.gone;
const down = Date.now();
child = start();
await ready();
while (taken === before) await pause(50);
const back = Date.now() - down;
const again = Date.now(), at = taken;
while (seen.size < n) { const was = seen.size; await half(Math.min(taken + 1, taken + n)); if (seen.size === was) await pause(100); }
const rest = Date.now() - again;
await pause(2000);
await staff.get(`/desk/petitions/${id}/signatures`);
const page = staff.text().match(/Поставлено на отправку: [^)]*\)/)?.[0] ?? '';
const twice = [...seen.values()].filter((l) => l.length > 1), other = twice.filter((l) => new Set(l).size > 1);
child.kill('SIGTERM');
await child.gone;
sink.close();
console.log(`${n} signers: ${Math.round(before / first * 1000)} letters a second before the kill, ${Math.round((taken - at) / rest * 1000)} after it; the first letter ${(back / 1000).toFixed(1)} s after the kill`);
console.log(`reached: ${seen.size} of ${n}; written twice: ${other.length}; the same letter handed over twice in the moment of the kill (same Message-ID): ${twice.length - other.length}`);
console.log(page);
rmSync(dir, { recursive: true, force: true });
process.exit(seen.size === n && other.length === 0 && twice.length <= 1 ? 0 : 1);
