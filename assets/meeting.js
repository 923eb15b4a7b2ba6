// behind site.js
/*
 * meeting.js: comforts of a meeting; every page works without it. All words come from the page.
 *
 *   [data-ticks]              the clock of the hall: between events of the server it runs by the browser's own steady clock, never by the time of day
 *   data-room="URL" id="..."  something changed: the page is fetched again and the inside of #id replaced, unless somebody types in it
 *   form[data-minutes="URL"]  lines are kept on this device until the server has them; the key of a line makes it the same line however often it is sent
 */
(function () {
	'use strict';
	var doc = document;

	function each(selector, fn, root) {
		[].forEach.call((root || doc).querySelectorAll(selector), fn);
	}

	/* the clock */
	function two(n) {
		return (n < 10 ? '0' : '') + n;
	}
	function clock(s) {
		return s < 3600 ? Math.floor(s / 60) + ':' + two(s % 60) : Math.floor(s / 3600) + ':' + two(Math.floor(s / 60) % 60) + ':' + two(s % 60);
	}
	function tick(box) {
		var kinds = ['talk', 'questions', 'other'], all = 0, at = 0, sec = {}, told = kinds.map(function (k) {
			return k + '_s';
		}).concat('runs').map(function (key) {
			return box.querySelector('[data-key="' + key + '"]').textContent;
		});

		if (told.join() !== box.told) {
			box.told = told.join();
			box.began = performance.now();
		}
		kinds.forEach(function (k, i) {
			sec[k] = +told[i] + (told[3] === k ? Math.floor((performance.now() - box.began) / 1000) : 0);
			all += sec[k];
			each('[data-clock="' + k + '"]', function (el) {
				el.textContent = clock(sec[k]);
			}, box);
		});
		each('[data-share]', function (el) {
			el.textContent = all ? Math.round(sec.talk * 100 / all) : 0;
		}, box);
		kinds.forEach(function (k) {
			var wide = all ? sec[k] * 1000 / all : 0;

			each('[data-bar="' + k + '"]', function (el) {
				if (k === 'talk')
					el.setAttribute('class', wide > box.querySelector('[data-share]').getAttribute('data-share') * 10 ? 'late' : 'ok');
				el.setAttribute('x', at);
				el.setAttribute('width', wide);
			}, box);
			at += wide;
		});
	}
	setInterval(function () {
		each('[data-ticks]', tick);
	}, 1000);

	/* rooms */
	function page() {
		return fetch(location.href, { credentials: 'same-origin' }).then(function (got) {
			if (!got.ok)
				throw new Error(got.status);
			return got.text();
		}).then(function (text) {
			return new DOMParser().parseFromString(text, 'text/html');
		});
	}
	function room(box) {
		var timer;

		function fresh() {
			page().then(function (text) {
				var now = text.getElementById(box.id), typing = box.contains(doc.activeElement) && /^(INPUT|SELECT|TEXTAREA)$/.test(doc.activeElement.tagName);

				if (typing || !now) {
					timer = setTimeout(fresh, 3000);
					return;
				}
				while (box.firstChild)
					box.removeChild(box.firstChild);
				while (now.firstChild)
					box.appendChild(doc.adoptNode(now.firstChild));
			}).catch(function () { });
		}
		new EventSource(box.getAttribute('data-room')).addEventListener('refresh', function () {
			clearTimeout(timer);
			timer = setTimeout(fresh, 250);
		});
	}
	if (self.EventSource && self.fetch)
		each('[data-room]', room);

	/* the minutes */
	function minutes(form) {
		var url = form.getAttribute('data-minutes'), store = 'lines:' + url, seed = form.getAttribute('data-key'), count = 0, busy = false,
			list = doc.getElementById('unsent-list'), box = doc.getElementById('unsent'), about = form.elements.about, held = [], asked = '', since = '';

		function current() {
			var el = doc.getElementById('answering');

			return el ? el.textContent.trim() : '';
		}

		/* a full or closed store: the lines then live as long as the page */
		function load() {
			try {
				held = JSON.parse(localStorage.getItem(store)) || held;
			} catch (e) { }
		}
		function save() {
			try {
				localStorage.setItem(store, JSON.stringify(held));
			} catch (e) { }
			while (list.firstChild)
				list.removeChild(list.firstChild);
			held.forEach(function (l) {
				list.appendChild(doc.createElement('li')).textContent = l.text;
			});
			box.hidden = !held.length;
		}
		function flat(s) {
			return s.replace(/\r?\n/g, '\u2028').replace(/\t/g, ' ');
		}
		function send() {
			var body = new URLSearchParams(), token = form.querySelector('[name=_csrf]');

			if (busy || !held.length)
				return;
			busy = true;
			body.set('_csrf', token.value);
			body.set('lines', held.slice(0, 50).map(function (l) {
				return [l.key, l.kind, flat(l.about), flat(l.text)].join('\t');
			}).join('\n'));
			fetch(url, { method: 'POST', body: body, credentials: 'same-origin' }).then(function (got) {
				if (!got.ok)
					throw new Error(got.status);
				return got.json();
			}).then(function (got) {
				load(); /* another window of the same device may have added some */
				held = held.filter(function (l) {
					return got.kept.indexOf(l.key) < 0;
				});
				save();
				busy = false;
				if (got.kept.length)
					send();
			}).catch(function () {
				busy = false;
			});
		}
		form.addEventListener('submit', function (ev) {
			var kind = form.querySelector('[name=kind]:checked') || form.kind, text = form.elements.text;

			ev.preventDefault();
			ev.stopPropagation();
			if (!text.value.trim() || !kind.value) {
				text.focus();
				return;
			}
			load();
			/* which question it is about is settled now: when it is sent another one may be under way */
			held.push({ key: seed + '-' + (++count), kind: kind.value, about: about.value || (current() === since && asked) || current(), text: text.value.trim() });
			if (kind.value === 'question') { /* the answer that comes next belongs to it */
				asked = seed + '-' + count;
				since = current();
				each('[name=kind][value=answer]', function (el) {
					el.checked = true;
				}, form);
			}
			text.value = about.value = '';
			text.focus();
			save();
			send();
		});
		addEventListener('online', send);
		setInterval(send, 5000);
		load();
		save();
		send();
	}
	if (self.fetch && self.URLSearchParams && self.localStorage)
		each('form[data-minutes]', minutes);
}());
