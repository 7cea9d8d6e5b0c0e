/** What is searched in the benches: 60 corridors of the sample network. */
import { asEpochDay, formatDate } from '../src/units/time.ts';

export const corridors =
  `Noida-Bangalore, Delhi-Mumbai, Delhi-Kolkata, Delhi-Chennai, Mumbai-Chennai, Mumbai-Pune, Mumbai-Goa,
  Mumbai-Ahmedabad, Kolkata-Chennai, Kolkata-Patna, Chennai-Bengaluru, Bengaluru-Hyderabad, Jaipur-Mumbai,
  Lucknow-Delhi, Varanasi-Kolkata, Kochi-Mumbai, Guwahati-Delhi, Bhopal-Nagpur, Amritsar-Delhi, Delhi-Agra,
  Delhi-Jaipur, Delhi-Shimla, Delhi-Manali, Delhi-Dehradun, Delhi-Varanasi, Delhi-Patna, Delhi-Udaipur, Delhi-Srinagar,
  Delhi-Leh, Kolkata-Darjeeling, Kolkata-Puri, Kolkata-Guwahati, Guwahati-Shillong, Imphal-Bhuj, Guwahati-Kochi,
  Srinagar-Kanniyakumari, Bengaluru-Ooty, Bengaluru-Mysuru, Bengaluru-Chennai, Hyderabad-Tirupati, Chennai-Rameswaram,
  Chennai-Madurai, Kochi-Munnar, Thiruvananthapuram-Kozhikode, Pune-Nashik, Ahmedabad-Udaipur, Jodhpur-Jaisalmer,
  Indore-Bhopal, Raipur-Visakhapatnam, Nagpur-Hyderabad, Surat-Vadodara, Ranchi-Kolkata, Dibrugarh-Silchar,
  Port Blair-Chennai, Noida-Gurugram, Howrah-Sealdah, Lucknow-Prayagraj, Chandigarh-Manali, Vijayawada-Visakhapatnam,
  Bhubaneswar-Puri`
    .split(/,\s*/)
    .map((pair) => pair.trim().split('-') as [string, string]);

/** The date in India so many days ahead. */
export const dayAhead = (days: number): string =>
  formatDate(asEpochDay(Math.floor((Date.now() + 5.5 * 3_600_000) / 86_400_000) + days));
