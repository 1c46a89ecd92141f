package seal

import (
	"crypto/subtle"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
)

// Open tells, in constant time, whether a PIN, as printed, is that of a unit, and gives the salt that opens the
// commitment to it where it is. An error means that this keyring cannot say.
func (k *Keyring) Open(
	epoch uint32, gtin gs1.GTIN, lot string, index int64, pin string,
) (salt [16]byte, right bool, err error) {
	batch, err := k.Batch(epoch, gtin, lot)
	if err != nil {
		return salt, false, err
	}
	u, err := batch.Unit(index)
	if err != nil {
		return salt, false, err
	}
	if subtle.ConstantTimeCompare([]byte(pin), []byte(u.PIN)) != 1 {
		return salt, false, nil
	}
	return u.Salt, true, nil
}
