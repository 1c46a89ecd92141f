package start

import (
	"fmt"
	"net"
	"os"
)

// Networks reads a setting that lists networks in CIDR notation.
func Networks(setting string, texts []string) ([]*net.IPNet, error) {
	var all []*net.IPNet
	for _, text := range texts {
		_, network, err := net.ParseCIDR(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %q is not a network such as 10.0.0.0/8", setting, text)
		}
		all = append(all, network)
	}
	return all, nil
}

// FromFile reads the file that a setting names; nil where it names none.
func FromFile[T any](setting, file string, read func([]byte) (T, error)) (*T, error) {
	if file == "" {
		return nil, nil
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", setting, err)
	}
	value, err := read(content)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", setting, err)
	}
	return &value, nil
}
