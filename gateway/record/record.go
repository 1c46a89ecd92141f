// Package record is the vocabulary between the gateway's adapters, which never
// import each other: blocks as they were read, rows of the read model,
// submitted transactions and sealed identities. Plain data; it knows nothing of
// Fabric's wire formats, SQL or HTTP.
package record
