// A sound for each code: high where it counts, low twice where it does not, so that eyes can stay on the goods.
let audio: AudioContext | undefined;

function tone(pitch: number, from: number, length: number) {
  try {
    audio ??= new AudioContext();
    const oscillator = audio.createOscillator();
    const volume = audio.createGain();
    oscillator.frequency.value = pitch;
    volume.gain.value = 0.08;
    oscillator.connect(volume).connect(audio.destination);
    oscillator.start(audio.currentTime + from);
    oscillator.stop(audio.currentTime + from + length);
  } catch { /* a device without sound scans as well */ }
}

export const sound = {
  taken: () => tone(1320, 0, 0.07),
  refused: () => { tone(220, 0, 0.12); tone(220, 0.18, 0.12); },
  undone: () => { tone(660, 0, 0.06); tone(440, 0.08, 0.08); },
};
