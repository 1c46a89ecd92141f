package access

import (
	"context"
	"encoding/base64"
	"math"
	"time"
)

// Tries counts tries in buckets that leak.
type Tries interface {
	SignInTry(ctx context.Context, bucket string, perSecond float64) (level float64, err error)
	ForgiveTries(ctx context.Context, bucket string) error
}

// bucket bounds tries: so many at once, and one more after each pause.
type bucket struct {
	name  string
	burst float64
	pause time.Duration
}

// The figures of decision 22. A browser that its owner has used before has a
// bucket of its own, which nobody else can fill.
const (
	deviceBurst, devicePause   = 10, time.Minute
	loginBurst, loginPause     = 10, time.Minute      // one login from one network
	everyBurst, everyPause     = 100, 4 * time.Minute // one login from all unknown browsers
	networkBurst, networkPause = 60, 10 * time.Second // all logins from one network
	factorBurst, factorPause   = 10, 5 * time.Minute  // second factors of one account, from one place
	factorsBurst, factorsPause = 50, 30 * time.Minute // and from all unknown browsers
)

// tries are the buckets that a try at a login, or at a second factor, fills.
func tries(v Visit, subject string, knownDevice bool, one, all bucket) []bucket {
	if knownDevice {
		device := hashToken(v.Device)
		return []bucket{{one.name + " " + subject + " device " + short(device), deviceBurst, devicePause}}
	}
	return []bucket{
		{one.name + " " + subject + " network " + v.Network, one.burst, one.pause},
		{all.name + " " + subject, all.burst, all.pause},
		{"network " + v.Network, networkBurst, networkPause},
	}
}

func passwordTries(v Visit, login string, knownDevice bool) []bucket {
	return tries(
		v, short(hashToken(loginKey(login))), knownDevice, bucket{"login", loginBurst, loginPause},
		bucket{"logins", everyBurst, everyPause},
	)
}

func factorTries(v Visit, account string, knownDevice bool) []bucket {
	return tries(
		v, account, knownDevice, bucket{"factor", factorBurst, factorPause},
		bucket{"factors", factorsBurst, factorsPause},
	)
}

func short(hash [32]byte) string { return base64.RawURLEncoding.EncodeToString(hash[:16]) }

// try counts a try before it is made, so that many at once are counted too.
func (d *Desk) try(ctx context.Context, buckets []bucket) error {
	wait := time.Duration(0)
	for _, b := range buckets {
		level, err := d.Tries.SignInTry(ctx, b.name, 1/b.pause.Seconds())
		if err != nil {
			return err
		}
		if level > b.burst {
			if err := d.Tries.ForgiveTries(ctx, b.name); err != nil { // who is held back does not make it longer
				return err
			}
			wait = max(wait, time.Duration((level-b.burst)*float64(b.pause)))
		}
	}
	if wait > 0 {
		return refuse(SignInHeld, "", "wrong_tries", "seconds", int(math.Ceil(wait.Seconds())))
	}
	return nil
}

// forgive gives back what a success took.
func (d *Desk) forgive(ctx context.Context, buckets []bucket) error {
	for _, b := range buckets {
		if err := d.Tries.ForgiveTries(ctx, b.name); err != nil {
			return err
		}
	}
	return nil
}
