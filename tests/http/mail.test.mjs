// Letters through a real mail server (Exim, delivering into a Maildir): subjects in Kazakh whole, two forms of the text, put off and tried again, refused
// and not tried again, nobody written to twice.
import test from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startServer, freePort, Client, until, root } from '../lib/server.mjs';

const { simpleParser } = createRequire(path.join(root, 'tests/node/'))('mailparser');
const exim = ['/usr/sbin/exim4', '/usr/sbin/exim'].find(existsSync);
// Exim wants to be its own user, and only root can make it so.
const id = (flag) => Number(execFileSync('id', [flag, 'Debian-exim'], { encoding: 'utf8' }));
const skip = !exim ? 'Exim is not installed' : process.getuid() !== 0 ? 'Exim must be started by root' : false;
let server, dir, daemon;

// Accepts everything for example.kz; "later@" is put off the first time, "never@" is refused.
function config(port) {
	return `primary_hostname = mail.test
spool_directory = ${dir}/spool
log_file_path = ${dir}/spool/log-%s
pid_file_path = ${dir}/spool/pid
daemon_smtp_ports = ${port}
local_interfaces = 127.0.0.1
tls_advertise_hosts =
keep_environment =
deliver_drop_privilege = true
prdr_enable = false
qualify_domain = example.kz
acl_smtp_rcpt = acl_rcpt
acl_smtp_data = acl_data
message_size_limit = 1M
begin acl
acl_rcpt:
  deny local_parts = never
       message = 550 no such person
  defer local_parts = later
        !condition = \${if exists{${dir}/now}}
        message = 451 come again
  accept domains = example.kz
  deny message = 550 not here
acl_data:
  accept
begin routers
all:
  driver = accept
  transport = folder
begin transports
folder:
  driver = appendfile
  directory = ${dir}/mail
  create_directory
  maildir_format
  envelope_to_add
  mode = 0644
  directory_mode = 0755
`;
}

test.before(async () => {
	if (skip) return;
	dir = mkdtempSync(path.join(tmpdir(), 'jauap-exim-'));
	for (const d of ['spool', 'mail']) { mkdirSync(path.join(dir, d)); chmodSync(path.join(dir, d), 0o777); }
	chmodSync(dir, 0o755);
	for (const d of [dir, `${dir}/spool`, `${dir}/mail`]) chownSync(d, id('-u'), id('-g'));
	const port = await freePort();
	writeFileSync(`${dir}/exim.conf`, config(port));
	daemon = spawn(exim, ['-C', `${dir}/exim.conf`, '-bdf', '-q1s'], { stdio: 'ignore', uid: id('-u'), gid: id('-g') });
	server = await startServer({ settings: ['--mail-url', `smtp://127.0.0.1:${port}`, '--mail-from', 'Жауап <jauap@example.kz>'] });
});
test.after(async () => {
	await server?.stop();
	if (daemon?.exitCode === null) await new Promise((r) => { daemon.on('exit', r); daemon.kill('SIGTERM'); });
	if (dir) rmSync(dir, { recursive: true, force: true, maxRetries: 20 });
});

const letters = () => { const d = path.join(dir, 'mail/new'); return existsSync(d) ? readdirSync(d).map((f) => readFileSync(path.join(d, f))) : []; };
const box = (who) => letters().filter((raw) => raw.toString('latin1').includes(`Envelope-to: ${who}@example.kz\n`));
const log = () => readdirSync(`${dir}/spool`).filter((f) => f.startsWith('log-main')).map((f) => readFileSync(path.join(dir, 'spool', f), 'utf8')).join('');

async function file(email, lang = 'kk') {
	const c = new Client(server.base, lang);
	await c.get('/appeals/new');
	await c.post('/appeals/new', { text: 'Абай көшесінде жолда үлкен шұңқыр бар. Қашан жөнделеді?', kind: 'message' });
	await c.post(c.url, { topic: 'roads', topic_other: 'roads', region: '100000000', district: '' });
	await c.post(c.url, { body: '10003', name: 'Әсел Өтеген', email });
	assert.match(c.url, /^\/receipt\//);
	return c.url;
}

test('a letter arrives whole: Kazakh in the subject, text and HTML, the way back', { skip }, async () => {
	const receipt = await file('aigul@example.kz');
	const [raw] = await until('a letter to aigul', () => { const l = box('aigul'); return l.length ? l : null; });
	const m = await simpleParser(raw);
	assert.match(m.subject, /[әғқңөұүһі]/i, m.subject);
	assert.doesNotMatch(m.subject, /\ufffd|=\?/);
	assert.equal(m.from.value[0].address, 'jauap@example.kz');
	assert.equal(m.from.value[0].name, 'Жауап');
	assert.equal(m.to.value[0].address, 'aigul@example.kz');
	assert.ok(m.messageId && m.date);
	assert.equal(m.headers.get('auto-submitted'), 'auto-generated');
	assert.match(m.text, /[әғқңөұүһі]/i);
	assert.match(m.html, /<html[^>]*lang="kk"/);
	assert.ok(m.text.includes(receipt.split('/')[2]), 'the number is in the text');
	assert.ok(raw.toString('latin1').split('\r\n').join('\n').split('\n').every((l) => l.length <= 998), 'no line is longer than mail allows');
});

test('what is put off is sent later, once', { skip }, async () => {
	await file('later@example.kz', 'ru');
	await until('a deferral in the log', () => /later@example\.kz.*451|temporarily rejected RCPT <later/.test(log()));
	assert.equal(box('later').length, 0);
	writeFileSync(`${dir}/now`, '');
	await until('the second try', () => box('later').length > 0);
	assert.equal(box('later').length, 1);
});

test('what is refused is not tried again', { skip }, async () => {
	await file('never@example.kz');
	const refusals = () => (log().match(/rejected RCPT <never/g) ?? []).length;
	await until('a refusal', () => refusals() > 0);
	await file('berik@example.kz');
	await until('a letter behind it', () => box('berik').length > 0);
	assert.equal(refusals(), 1);
	assert.equal(box('never').length, 0);
});

test('a name or an address cannot add a header', { skip }, async () => {
	const c = new Client(server.base, 'ru');
	await c.get('/appeals/new');
	await c.post('/appeals/new', { text: 'Во дворе вторую неделю не горит свет, сделайте что-нибудь.', kind: 'message' });
	await c.post(c.url, { topic: 'roads', topic_other: 'roads', region: '100000000', district: '' });
	const where = c.url;
	await c.post(where, { body: '10003', name: 'Злой', email: 'zloi@example.kz\r\nBcc: victim@example.kz' });
	assert.equal(c.status, 422);
	await c.post(where, { body: '10003', name: 'Злой\r\nBcc: victim@example.kz', email: 'zloi@example.kz' });
	if (c.url.startsWith('/receipt/')) await until('a letter to zloi', () => box('zloi').length > 0);
	assert.equal(box('victim').length, 0);
});

test('nobody is written to twice', { skip }, () => {
	const ids = letters().map((raw) => /^message-id: (.*)$/im.exec(raw.toString())[1]);
	assert.ok(ids.length >= 3);
	assert.equal(new Set(ids).size, ids.length);
});
