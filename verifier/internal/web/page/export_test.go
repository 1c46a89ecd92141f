package page

var Texts = texts
