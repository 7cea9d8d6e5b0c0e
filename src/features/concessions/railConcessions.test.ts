/** By rail: given a traveller and a leg, what is saved in rupees, or why nothing is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  cancer,
  type Case,
  clerk,
  doctor,
  home,
  inClass,
  officer,
  rajdhani,
  senior,
  sleeper,
  soldier,
  student,
  testCases,
  wheelchair,
} from './exampleConcession.ts';

const cases: readonly Case[] = [
  // Students by rail.
  [home, sleeper, 'rail-student', 'APPLIES 210', 'student going home, SL: half the base fare'],
  [student, sleeper, 'rail-student', 'POSSIBLE 210 ? purpose', 'student whose purpose is not told'],
  [{ ...student, purpose: 'OTHER' }, sleeper, 'rail-student', 'PURPOSE', 'student on holiday'],
  [home, inClass('3A'), 'rail-student', 'CLASS', 'no student fare in AC'],
  [home, inClass('2S'), 'rail-student', 'APPLIES 125', 'student going home, 2S'],
  [home, rajdhani('3A'), 'rail-student', 'TRAIN', 'not on premium trains'],
  [home, { ...sleeper, quota: 'TATKAL' }, 'rail-student', 'TATKAL', 'Tatkal excludes'],
  [{ ...home, governmentPaid: true }, sleeper, 'rail-student', 'GOVERNMENT_PAID', 'the Government pays'],
  [{ ...home, groups: ['SC_ST'] }, sleeper, 'rail-student-sc-st', 'APPLIES 315', 'SC/ST student: 75 %'],
  [{ ...home, groups: ['SC_ST'] }, sleeper, 'rail-student', 'BETTER_ONE', 'one concession a person'],
  [home, sleeper, 'rail-student-sc-st', '-', 'SC/ST rule is silent to others'],
  [
    { ...student, purpose: 'MAIN_EXAM' },
    inClass('2S'),
    'rail-main-exam',
    'APPLIES 125',
    'UPSC main examination, 2S',
  ],
  [{ ...student, purpose: 'MAIN_EXAM' }, sleeper, 'rail-main-exam', 'CLASS', 'only in 2S'],
  [
    { ...student, groups: ['RURAL_GOVERNMENT_SCHOOL'], purpose: 'STUDY_TOUR' },
    inClass('2S'),
    'rail-rural-tour',
    'APPLIES 190',
    'study tour of a rural school',
  ],
  [
    { ...student, groups: ['RESEARCH_SCHOLAR'], purpose: 'RESEARCH', age: 35 },
    sleeper,
    'rail-research',
    'APPLIES 210',
    'research scholar of 35',
  ],
  [
    { ...student, groups: ['RESEARCH_SCHOLAR'], purpose: 'RESEARCH', age: 36 },
    sleeper,
    'rail-research',
    '-',
    'research scholar of 36',
  ],
  [
    { ...student, groups: ['RESEARCH_SCHOLAR'], purpose: 'RESEARCH' },
    sleeper,
    'rail-research',
    'POSSIBLE 210 ? age',
    'research scholar whose age is not told',
  ],
  // Withdrawn on 20 March 2020.
  [senior, sleeper, 'rail-senior', 'WITHDRAWN', 'senior by profession alone'],
  [{ age: 60, gender: 'MALE' }, sleeper, 'rail-senior', 'WITHDRAWN', 'man of 60'],
  [{ age: 58, gender: 'FEMALE' }, inClass('3A'), 'rail-senior', 'WITHDRAWN', 'woman of 58'],
  [{ age: 58, gender: 'MALE' }, sleeper, 'rail-senior', '-', 'man of 58 is no senior'],
  [senior, sleeper, 'rail-senior-berth', 'NOTE', 'lower berths remain'],
  [{ age: 45, gender: 'FEMALE' }, sleeper, 'rail-senior-berth', 'NOTE', 'woman of 45: lower berth'],
  [{ age: 45, gender: 'MALE' }, sleeper, 'rail-senior-berth', '-', 'man of 45: none'],
  [doctor, inClass('3A'), 'rail-doctor', 'WITHDRAWN', 'doctors by rail'],
  [{ groups: ['WAR_WIDOW'] }, sleeper, 'rail-war-widow', 'WITHDRAWN', 'war widows'],
  [{ groups: ['PRESS'] }, sleeper, 'rail-press', 'WITHDRAWN', 'press'],
  [{ groups: ['FARMER'] }, sleeper, 'rail-farmer', 'WITHDRAWN', 'farmers'],
  [{ groups: ['SPORTS'] }, sleeper, 'rail-sports', 'WITHDRAWN', 'sportspersons'],
  // Divyangjan and patients by rail.
  [wheelchair, sleeper, 'rail-divyangjan', 'APPLIES 315', 'orthopaedic, SL: 75 %'],
  [wheelchair, inClass('3A'), 'rail-divyangjan', 'APPLIES 845', 'orthopaedic, 3A: 75 %'],
  [wheelchair, inClass('2A'), 'rail-divyangjan', 'APPLIES 790', 'orthopaedic, 2A: 50 %'],
  [{ disability: 'VISUAL' }, rajdhani('3A'), 'rail-divyangjan-premium', 'APPLIES 330', 'Rajdhani 3A: 25 %'],
  [{ disability: 'VISUAL' }, rajdhani('2A'), 'rail-divyangjan-premium', 'CLASS', 'Rajdhani 2A: none'],
  [wheelchair, rajdhani('3A'), 'rail-divyangjan', 'TRAIN', 'the general rule is not for Rajdhani'],
  [wheelchair, { ...sleeper, quota: 'TATKAL' }, 'rail-divyangjan', 'TATKAL', 'Tatkal excludes these, too'],
  [{ disability: 'HEARING_AND_SPEECH' }, sleeper, 'rail-deaf-mute', 'APPLIES 210', 'deaf-mute, SL: 50 %'],
  [{ disability: 'HEARING_AND_SPEECH' }, inClass('3A'), 'rail-deaf-mute', 'CLASS', 'deaf-mute, 3A: none'],
  [{ disability: 'HEARING_AND_SPEECH' }, sleeper, 'rail-divyangjan', '-', 'another disability'],
  [cancer, sleeper, 'rail-cancer', 'APPLIES 425', 'cancer, SL: the whole base fare'],
  [cancer, inClass('2A'), 'rail-cancer', 'APPLIES 790', 'cancer, 2A: 50 %'],
  [{ patient: 'CANCER' }, sleeper, 'rail-cancer', 'POSSIBLE 425 ? purpose', 'cancer, purpose not told'],
  [
    { patient: 'KIDNEY', purpose: 'TREATMENT' },
    inClass('3A'),
    'rail-thalassaemia-heart-kidney',
    'APPLIES 845',
    'dialysis, 3A: 75 %',
  ],
  [
    { patient: 'LEPROSY', purpose: 'TREATMENT' },
    sleeper,
    'rail-other-patients',
    'POSSIBLE 0',
    'size not recorded: nothing promised',
  ],
  // Who has nothing by rail is told so.
  [soldier, sleeper, 'rail-defence', 'NOTE', 'defence: no public discount'],
  [officer, sleeper, 'rail-government', 'NOTE', 'government: none'],
  [clerk, inClass('3A'), 'rail-corporate', 'NOTE', 'corporate: input credit'],
];

testCases(cases);

test('at least 40 cases', () => assert.ok(cases.length >= 40, `${cases.length}`));
