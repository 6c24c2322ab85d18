/** The value below which the given part of the sorted numbers lies. */
export function quantile(numbers, part) {
  const sorted = Float64Array.from(numbers).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

export function median(numbers) {
  const sorted = Float64Array.from(numbers).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function mean(numbers) {
  return sum(numbers) / numbers.length;
}

export function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
