package gs1

import (
	"fmt"
	"strconv"
	"strings"
)

// parseDictionary reads the notation that the header of the dictionary itself explains.
func parseDictionary(text string) (*syntax, error) {
	d := &syntax{map[string]*entry{}, map[string]int{}, map[string]int{}, map[string]bool{}}
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		from, to, ranged := strings.Cut(fields[0], "-")
		if !ranged {
			to = from
		}
		first, err1 := strconv.Atoi(from)
		last, err2 := strconv.Atoi(to)
		if err1 != nil || err2 != nil {
			return nil, fmt.Errorf("%q is no AI", fields[0])
		}
		for n := first; n <= last; n++ {
			e, err := parseEntry(fmt.Sprintf("%0*d", len(from), n), fields[1:])
			if err != nil {
				return nil, fmt.Errorf("AI %s: %w", fields[0], err)
			}
			d.add(e)
		}
	}
	return d, nil
}

// parseEntry reads a line's flags, specification and attributes.
func parseEntry(ai string, fields []string) (*entry, error) {
	e := &entry{ai: ai}
	if len(fields) > 0 && strings.Trim(fields[0], "*?") == "" {
		e.predefined = strings.Contains(fields[0], "*")
		e.attribute = strings.Contains(fields[0], "?")
		fields = fields[1:]
	}
	for _, field := range fields {
		if err := e.parseField(field); err != nil {
			return nil, err
		}
	}
	if len(e.components) == 0 {
		return nil, fmt.Errorf("no specification")
	}
	return e, nil
}

func (e *entry) parseField(field string) error {
	name, value, _ := strings.Cut(field, "=")
	switch name {
	case "ex":
		e.excludes = append(e.excludes, strings.Split(value, ","))
	case "req":
		e.requires = append(e.requires, strings.Split(value, ","))
	case "dlpkey":
		e.isKey = true
		for alternative := range strings.SplitSeq(value, "|") {
			if alternative != "" {
				e.qualifiers = append(e.qualifiers, strings.Split(alternative, ","))
			}
		}
	default:
		c, err := parseComponent(field)
		if err != nil {
			return err
		}
		e.components = append(e.components, c)
	}
	return nil
}

// parseComponent reads "N6,yymmdd", "X..20", "[N..12]" or "[N3],iso3166".
func parseComponent(field string) (component, error) {
	parts := strings.Split(field, ",")
	kind := strings.Trim(parts[0], "[]")
	c := component{optional: kind != parts[0], linters: parts[1:]}
	switch kind[0] {
	case 'N':
		c.set, c.setName = isDigit, "digits"
	case 'X':
		c.set, c.setName = isCSET82, "letters, digits and !\"%&'()*+,-./:;<=>?_"
	case 'Y':
		c.set, c.setName = isCSET39, "capital letters, digits and #-/"
	case 'Z':
		c.set, c.setName = isCSET64, "letters, digits and -_, padded with ="
	default:
		return c, fmt.Errorf("%q is no component", field)
	}
	bound, variable := strings.CutPrefix(kind[1:], "..")
	n, err := strconv.Atoi(bound)
	if err != nil {
		return c, fmt.Errorf("%q has no length", field)
	}
	c.min, c.max = n, n
	if variable {
		c.min = 1
	}
	for _, name := range c.linters {
		if linters[name] == nil {
			return c, fmt.Errorf("no check called %q", name)
		}
	}
	return c, nil
}
