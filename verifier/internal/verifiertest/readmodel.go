package verifiertest

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// change is a request to gateway/cmd/readmodel, the gateway's own projector and
// store in a process of their own: nothing under verifier imports the gateway.
type change struct {
	Database string          `json:"database"`
	TxID     string          `json:"txId,omitempty"`
	Event    json.RawMessage `json:"event,omitempty"`
	Units    *units          `json:"units,omitempty"`
	Labels   *labels         `json:"labels,omitempty"`
	Close    bool            `json:"close,omitempty"`
}

type units struct {
	Root     [32]byte `json:"root"`
	Quantity int64    `json:"quantity"`
	Row      []byte   `json:"row"`
	Serials  []string `json:"serials"`

	Commitments [][]byte `json:"commitments"` // in runs, as seal.Batch.Commitments gives them
}

type labels struct {
	Line trace.Line `json:"line"`
	How  LabelsMade `json:"how"`
}

// readModel is the process, started by the first test that needs it. Its input
// ends with this process, and it with its input.
var readModel struct {
	sync.Mutex
	in     io.WriteCloser
	out    *bufio.Reader
	folder string
	stop   func()
}

const program = "github.com/touchstone-trace/touchstone/gateway/cmd/readmodel"

func startReadModel() (err error) {
	if readModel.folder, err = os.MkdirTemp("", "touchstone-readmodel-"); err != nil {
		return err
	}
	path := filepath.Join(readModel.folder, "readmodel")
	if out, err := exec.Command("go", "build", "-o", path, program).CombinedOutput(); err != nil {
		return fmt.Errorf("build %s: %w\n%s", program, err, out)
	}
	cmd := exec.Command(path)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	readModel.in, readModel.out = in, bufio.NewReader(out)
	readModel.stop = func() { _ = in.Close(); _ = cmd.Wait() }
	return nil
}

func stopReadModel() {
	if readModel.stop != nil {
		readModel.stop()
	}
	_ = os.RemoveAll(readModel.folder)
}

// write has the process make a change, or fails the test.
func write(t testing.TB, c change) {
	t.Helper()
	if err := ask(c); err != nil {
		t.Fatalf("read model: %v", err)
	}
}

func ask(c change) error {
	readModel.Lock()
	defer readModel.Unlock()
	if readModel.in == nil {
		if err := startReadModel(); err != nil {
			return err
		}
	}
	line, err := json.Marshal(c)
	if err != nil {
		return err
	}
	if _, err := readModel.in.Write(append(line, '\n')); err != nil {
		return err
	}
	answer, err := readModel.out.ReadString('\n')
	if err != nil {
		return err
	}
	if answer = strings.TrimSpace(answer); answer != "" {
		return errors.New(answer)
	}
	return nil
}
