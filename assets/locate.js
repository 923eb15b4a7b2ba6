// behind site.js
/*
 * locate.js: "where I am" on the page of the point: asks the browser once, when the person presses the button, and fills in the field.
 */
(function () {
	'use strict';
	var button = document.querySelector('[data-locate]');

	if (!button || !navigator.geolocation)
		return;
	var field = document.getElementById(button.getAttribute('data-locate')), status = document.getElementById(field.id + '-status');

	button.hidden = false;
	button.addEventListener('click', function () {
		status.textContent = button.getAttribute('data-wait');
		navigator.geolocation.getCurrentPosition(function (at) {
			status.textContent = '';
			field.value = at.coords.latitude.toFixed(5) + ', ' + at.coords.longitude.toFixed(5);
			field.focus();
		}, function () {
			status.textContent = button.getAttribute('data-fail');
		}, { enableHighAccuracy: true, timeout: 20000 });
	});
})();
