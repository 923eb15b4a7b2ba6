// behind first.js
alert(2);
