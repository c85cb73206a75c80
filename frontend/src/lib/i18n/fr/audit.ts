import type en from '../en/audit';
import type { Translation } from '../types';

const audit: Translation<typeof en> = {
  title: 'Piste d’audit',
};

export default audit;
