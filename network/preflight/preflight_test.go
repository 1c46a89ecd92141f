package preflight

import (
	"math"
	"net"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/network/topology"
)

func TestPortInUseNamesPortProcessAndRemedy(t *testing.T) {
	taken, err := net.Listen("tcp", topology.Host+":0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	port := taken.Addr().(*net.TCPAddr).Port
	err = Ports(topology.Listener{Process: "orderer1", Port: port})
	oneLine(t, err, taken.Addr().String()[len(topology.Host)+1:], "orderer1", "--base-port")
	taken.Close()
	if err := Ports(topology.Listener{Process: "orderer1", Port: port}); err != nil {
		t.Errorf("free port: %v", err)
	}
}

func TestFullDiskNamesFolderAndRemedy(t *testing.T) {
	dir := t.TempDir()
	if err := Disk(dir, 1); err != nil {
		t.Errorf("one byte: %v", err)
	}
	oneLine(t, Disk(dir, math.MaxInt64), dir, "MiB free", "--state")
}

func oneLine(t *testing.T, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%q does not say %q", err, w)
		}
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("%q is more than one line", err)
	}
}
