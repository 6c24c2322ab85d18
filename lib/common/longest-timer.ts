/** The longest delay of a timer in milliseconds; Node fires one with a longer delay at once. */
export const LONGEST_TIMER = 2 ** 31 - 1;
