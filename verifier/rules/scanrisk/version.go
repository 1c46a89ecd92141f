package scanrisk

// Version says what stored states mean: of Unit, Batch and Device, and of the
// risks made of them. It is raised whenever the same log would lead to other
// ones, and whoever stores states then builds them anew from the log.
const Version = 3
