package service

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

// keyPrefix makes a leaked key recognisable to people and to secret scanners.
const keyPrefix = "tst_"

// NewKey gives a new API key of 256 random bits.
func NewKey() string {
	var secret [32]byte
	rand.Read(secret[:])
	return keyPrefix + base64.RawURLEncoding.EncodeToString(secret[:])
}

// HashKey is the form in which a key is stored. A key has 256 random bits, so a
// plain hash cannot be searched.
func HashKey(key string) [32]byte { return sha256.Sum256([]byte(key)) }
