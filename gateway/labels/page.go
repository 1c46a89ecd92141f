package labels

// drawStatics draws what the first n labels of a page share with all others.
func (l *layout) drawStatics(c canvas, n int) {
	for i := range n {
		x, y := l.template.place(i)
		l.drawStatic(c, x, y)
	}
}

// drawUnits draws what differs between the labels of a page.
func (l *layout) drawUnits(c canvas, units []Unit) error {
	for i, u := range units {
		bits, err := l.code.draw(u)
		if err != nil {
			return err
		}
		x, y := l.template.place(i)
		l.drawUnit(c, x, y, u, bits)
	}
	return nil
}
