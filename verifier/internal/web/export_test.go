package web

var AnyBytes = anyBytes
