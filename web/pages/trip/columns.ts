/** Of a timetable: time, line of the mode, place. */
export const columns = 'grid grid-cols-[3.25rem_1.5rem_1fr]';
