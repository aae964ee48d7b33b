'use strict';
const cheerio = require('cheerio');

const $ = cheerio.load('<ul id=f><li class=a>Apple<li class="b c">Pear &amp; Co</ul><p>t<b>ail');
$('li').each((i, element) => console.log(i, $(element).text(), $(element).attr('class')));
$('#f').append('<li>Plum</li>').children().first().addClass('first');
console.log($('li:nth-child(2)').html(), $('.first').length, $.html());
console.log(cheerio.load('<a><b/></a>', { xml: true }).xml());
