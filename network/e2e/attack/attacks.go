package main

// attacks are all there are, in the order in which they run.
var attacks = []attack{
	inventedMethods,
	noText,
	slowBodies,
	slowReaders,
	photos,
	largePictures,
	costlySheets,
}
