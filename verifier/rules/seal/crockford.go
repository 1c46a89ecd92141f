package seal

import "strings"

// alphabet is Crockford's base32 alphabet: no I, L, O or U, so that a code can be read aloud and typed.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// alphabetValue maps a byte to its 5 bits, or 0xFF.
var alphabetValue = func() (v [256]byte) {
	for i := range v {
		v[i] = 0xFF
	}
	for i := range len(alphabet) {
		v[alphabet[i]] = byte(i)
	}
	return v
}()

// putBase32 writes the lowest 5*len(dst) bits of v, the most significant first.
func putBase32(dst []byte, v uint64) {
	for i := len(dst) - 1; i >= 0; i-- {
		dst[i] = alphabet[v&31]
		v >>= 5
	}
}

// base32 reads up to 12 characters. It reads all of them even where one is wrong, so that wrong ones cost the same.
func base32(s string) (v uint64, ok bool) {
	bad := byte(0)
	for i := range len(s) {
		bits := alphabetValue[s[i]]
		bad |= bits & 0xE0
		v = v<<5 | uint64(bits&31)
	}
	return v, bad == 0
}

// Normalise mends what people do to a serial or a PIN when they type it: small letters, O for 0, I and L for 1, and
// spaces or hyphens between the characters. Everything else stays and is refused later. Input longer than 64 bytes is
// answered as it is.
func Normalise(typed string) string {
	if len(typed) > 64 {
		return typed
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '-':
			return -1
		case r == 'o' || r == 'O':
			return '0'
		case r == 'i' || r == 'I' || r == 'l' || r == 'L':
			return '1'
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		}
		return r
	}, typed)
}
