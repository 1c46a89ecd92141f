package gs1

// CheckDigit computes the GS1 check digit, '0' to '9', of a key's digits without it (General Specifications 7.9.1):
// weights 3, 1, 3, ... from the right, modulo 10. The caller passes ASCII digits only.
func CheckDigit(digits string) byte {
	sum, weight := 0, 3
	for i := len(digits) - 1; i >= 0; i-- {
		sum += weight * int(digits[i]-'0')
		weight = 4 - weight
	}
	return byte('0' + (10-sum%10)%10)
}

// checkPairAlphabet is the 32 characters a check character pair is written in.
const checkPairAlphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// checkPairWeights are the prime weights of a check character pair, from the right (General Specifications 7.9.5).
var checkPairWeights = [...]int{2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83}

// checkPair computes the check character pair of a GMN without it. It answers ok=false where s is longer than the
// algorithm is defined for, or holds a character outside CSET 82.
func checkPair(s string) (pair string, ok bool) {
	if len(s) > len(checkPairWeights) {
		return "", false
	}
	sum := 0
	for i := 0; i < len(s); i++ {
		value := cset82Value[s[i]]
		if value < 0 {
			return "", false
		}
		sum += value * checkPairWeights[len(s)-1-i]
	}
	sum %= 1021
	return string([]byte{checkPairAlphabet[sum>>5], checkPairAlphabet[sum&31]}), true
}
