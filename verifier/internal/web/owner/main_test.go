package owner_test

import (
	"os"
	"testing"

	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
)

func TestMain(m *testing.M) { os.Exit(verifiertest.Main(m)) }
